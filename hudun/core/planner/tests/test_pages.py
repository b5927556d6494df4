"""What a browser sees of a run."""

import pytest
from django.test import Client

from hudun.core.planner import Run, ask_run
from hudun.core.planner.testing import run_now
from hudun.core.testing import Cast

from .conftest import Adding


@pytest.fixture
def run(cast: Cast, adding: Adding) -> Run:
    actor = cast.actor("zhang")
    ask = {"numbers": [1, 2]}
    return ask_run(actor, cast.stage.tianxin, kind="test.add", ask=ask, back="/account/")


def at(client: Client, cast: Cast, name: str) -> Client:
    client.force_login(getattr(cast, name))
    return client


def test_the_piece_of_page_asks_again_until_the_end_and_then_loads_the_page(
    client: Client, cast: Cast, run: Run
) -> None:
    url = f"/runs/{run.pk}/progress/"
    at(client, cast, "wang")
    waiting = client.get(url)
    assert "every 1s" in waiting.text and "排队" in waiting.text and "取消计算" in waiting.text
    assert "HX-Refresh" not in waiting.headers
    run_now(run)
    ended = client.get(url)
    assert ended.headers["HX-Refresh"] == "true" and "every 1s" not in ended.text


def test_a_script_gets_the_answer(client: Client, cast: Cast, run: Run) -> None:
    run_now(run)
    answer = at(client, cast, "wang").get(f"/runs/{run.pk}/state/?wait=1").json()
    assert (answer["state"], answer["result"]) == ("done", {"sum": 3})


def test_a_failure_is_shown_with_its_number_and_what_to_do(
    client: Client, cast: Cast, adding: Adding, run: Run
) -> None:
    adding.between = lambda _desk: 1 / 0
    run_now(run)
    page = at(client, cast, "wang").get(f"/runs/{run.pk}/progress/").text
    assert "500.18" in page and "请核对输入后再算一次" in page


def test_files_are_handed_out_only_of_runs_that_ended_well(
    client: Client, cast: Cast, run: Run
) -> None:
    url = f"/runs/{run.pk}/files/sum.csv"
    at(client, cast, "wang")
    assert client.get(url).status_code == 404
    run_now(run)
    answer = client.get(url)
    assert b"".join(answer.streaming_content).decode() == "和\n3\n"  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/runs/{run.pk}/files/..%2Fsecret.csv").status_code == 404
    assert client.get(f"/runs/{run.pk}/files/sum.npy").status_code == 404


def test_another_district_sees_nothing(client: Client, cast: Cast, run: Run) -> None:
    run_now(run)
    at(client, cast, "qian")
    for part in ("progress/", "state/", "files/sum.csv"):
        assert client.get(f"/runs/{run.pk}/{part}").status_code == 404
    assert client.post(f"/runs/{run.pk}/cancel/").status_code == 404


def test_calling_off(client: Client, cast: Cast, run: Run) -> None:
    url = f"/runs/{run.pk}/cancel/"
    assert at(client, cast, "shenji").post(url).status_code == 403
    at(client, cast, "li")
    assert client.get(url).status_code == 405
    assert client.post(url).headers["Location"] == "/account/"
    run.refresh_from_db()
    assert run.state == "cancelled"
