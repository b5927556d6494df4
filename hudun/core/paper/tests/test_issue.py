"""Issuing: numbers without gaps, files that stay as they were, the journal that knows them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import connection
from django.test import Client

from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.journal.verify import Head, head, verify
from hudun.core.organ import Organ, Role
from hudun.core.paper.issue import Composed, PaperKind, compose, issue
from hudun.core.paper.models import IssuedPaper, PaperCounter, PaperFile
from hudun.core.paper.tree import Paper, Paragraph
from hudun.core.testing import Cast

from . import samples

MOMENT = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
REPORT = PaperKind("test.report", "天设管")
LETTER = PaperKind("test.letter", "天设管函")
SHORT = Paper("关于测试的通知", "某办公室", (Paragraph("内容。"),))


@action("test.issue_paper", label="印发", roles={Role.CHIEF})
def issue_paper(
    act: Act, organ: Organ, paper: Paper | Composed, kind: PaperKind = REPORT
) -> IssuedPaper:
    return issue(act, paper, kind, organ)


@action("test.issue_then_fail", label="印发后出错", roles={Role.CHIEF})
def issue_then_fail(act: Act, organ: Organ, paper: Paper) -> IssuedPaper:
    issue(act, paper, REPORT, organ)
    raise ValueError


@pytest.fixture
def issued(cast: Cast) -> IssuedPaper:
    with clock.frozen(MOMENT):
        return issue_paper(cast.actor("li"), cast.stage.tianxin, SHORT)


def issue_some(cast: Cast, *kinds: PaperKind, moment: datetime = MOMENT) -> list[str]:
    with clock.frozen(moment):
        li, tianxin = cast.actor("li"), cast.stage.tianxin
        return [issue_paper(li, tianxin, SHORT, kind).number for kind in kinds]


def test_each_kind_counts_from_one_in_each_year(cast: Cast) -> None:
    assert issue_some(cast, REPORT, REPORT, LETTER) == [
        *("天设管〔2026〕1号", "天设管〔2026〕2号", "天设管函〔2026〕1号")
    ]
    new_year_in_beijing = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert issue_some(cast, REPORT, moment=new_year_in_beijing) == ["天设管〔2027〕1号"]


def test_what_fails_leaves_no_gap(cast: Cast) -> None:
    li, tianxin = cast.actor("li"), cast.stage.tianxin
    issue_some(cast, REPORT)
    with clock.frozen(MOMENT), pytest.raises(ValueError):
        issue_then_fail(li, tianxin, SHORT)
    with clock.frozen(MOMENT), pytest.raises(Problem) as caught:
        issue_paper(li, tianxin, replace(SHORT, body=(Paragraph("\ue0c5"),)))
    assert caught.value.number == "422.15"
    assert issue_some(cast, REPORT) == ["天设管〔2026〕2号"]


def test_a_paper_set_beforehand_is_issued_as_it_was_set(cast: Cast) -> None:
    tianxin = cast.stage.tianxin
    made = compose(SHORT, REPORT, tianxin, MOMENT)
    assert not PaperCounter.objects.exists()
    with clock.frozen(MOMENT):
        issued = issue_paper(cast.actor("li"), tianxin, made)
    assert bytes(issued.files.get(media="pdf").content) == made.pdf


def test_a_number_that_somebody_took_is_not_used_twice(cast: Cast) -> None:
    made = compose(SHORT, REPORT, cast.stage.tianxin, MOMENT)
    issue_some(cast, REPORT)
    with clock.frozen(MOMENT), pytest.raises(Problem) as caught:
        issue_paper(cast.actor("li"), cast.stage.tianxin, made)
    assert caught.value.number == "409.15"
    assert IssuedPaper.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_many_at_once_get_consecutive_numbers(cast: Cast) -> None:
    samples.fonts().require(["热"])

    def one(_: int) -> str:
        try:
            return issue_some(cast, REPORT)[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = set(pool.map(one, range(8)))
    assert numbers == {f"天设管〔2026〕{n}号" for n in range(1, 9)}


def test_the_journal_knows_the_digests_of_both_files(issued: IssuedPaper) -> None:
    [line] = JournalLine.objects.filter(verb="test.issue_paper")
    [also] = line.content["also"]
    assert also["changes"]["number"] == [None, issued.number]
    for media in ("docx", "pdf"):
        digest = sha256(bytes(issued.files.get(media=media).content)).hexdigest()
        assert also["changes"][f"{media}_digest"] == [None, digest]


def test_the_printed_head_proves_the_chain(cast: Cast) -> None:
    tianxin = cast.stage.tianxin
    issue_some(cast, REPORT)
    before = head(tianxin)
    issue_some(cast, REPORT)
    printed = Head.parse(IssuedPaper.objects.newest_first()[0].journal_head)
    assert printed == before
    assert verify(tianxin, [printed]) == []
    assert verify(tianxin, [printed._replace(hash="0" * 64)]) != []


def test_papers_about_a_record(cast: Cast, issued: IssuedPaper) -> None:
    stage = cast.stage
    assert list(IssuedPaper.objects.about(stage.tianxin)) == [issued]
    assert not IssuedPaper.objects.about(stage.yuanhui).exists()


def test_a_paper_of_a_street_is_issued_by_its_district(cast: Cast) -> None:
    with clock.frozen(MOMENT):
        issued = issue_paper(cast.actor("li"), cast.stage.pozijie, SHORT)
    assert issued.organ == cast.stage.tianxin


@pytest.mark.parametrize(
    ("media", "kind", "starts"),
    [("pdf", "application/pdf", b"%PDF"), ("docx", "application/vnd.openxml", b"PK")],
)
def test_download(
    client: Client, cast: Cast, issued: IssuedPaper, media: str, kind: str, starts: bytes
) -> None:
    client.force_login(cast.wang)
    answer = client.get(f"/papers/{issued.pk}.{media}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(kind)
    assert answer.content.startswith(starts)
    assert answer["ETag"] == f'"{sha256(answer.content).hexdigest()}"'
    assert ("attachment" in answer["Content-Disposition"]) == (media == "docx")


def test_another_district_sees_no_paper(client: Client, cast: Cast, issued: IssuedPaper) -> None:
    client.force_login(cast.qian)
    assert client.get(f"/papers/{issued.pk}.pdf").status_code == 404


def test_a_stranger_is_asked_to_log_in(client: Client, issued: IssuedPaper) -> None:
    assert client.get(f"/papers/{issued.pk}.pdf").status_code == 302


def test_a_paper_cannot_be_written_to(client: Client, cast: Cast, issued: IssuedPaper) -> None:
    client.force_login(cast.li)
    for method in (client.post, client.put, client.delete):
        assert method(f"/papers/{issued.pk}.pdf").status_code == 405


def test_a_changed_file_is_not_given_out(client: Client, cast: Cast, issued: IssuedPaper) -> None:
    PaperFile.objects.filter(paper=issued, media="pdf").update(content=b"%PDF forged")
    client.force_login(cast.li)
    answer = client.get(f"/papers/{issued.pk}.pdf")
    assert answer.status_code == 500
    assert "500.16" in answer.content.decode()
