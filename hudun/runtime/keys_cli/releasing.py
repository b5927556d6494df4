"""`hudun release`: read an order from its octets, check it, and sign its release."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from hudun.runtime import clock
from hudun.runtime.keys import KeyFile, to_text
from hudun.runtime.keys_cli.asking import (
    STDIN,
    Refused,
    add_passphrase,
    command,
    read_octets,
    typed,
    unlock,
)
from hudun.runtime.keys_cli.listing import read_draft, signed_by_root
from hudun.runtime.keys_cli.wording import confirmation, describe, moment, right_words
from hudun.wire import cose
from hudun.wire.frames import (
    DESK_PERSON,
    RIGHT_FOR_MODE,
    Mode,
    Order,
    Release,
    Roster,
    RosterKey,
    SirenList,
    kid_octets,
)

ARM_WINDOW_S = 120
NOTICE_S = 86400  # a trial is released a day ahead
LEAD_S = 10
CLOCKS_APART_S = 5  # two people's computers


@dataclass(frozen=True)
class Papers:
    """What lies on the table: the order, its list, and who signed them."""

    order: Order
    order_frame: bytes
    listed: SirenList | None
    list_frame: bytes | None
    roster: Roster
    signer: RosterKey

    @property
    def digest(self) -> bytes:
        frames = [self.order_frame, *([self.list_frame] if self.list_frame else [])]
        return cose.digest(*frames)


@command
def release(argv: list[str]) -> int:
    words = _parser().parse_args(argv)
    roster_frame = read_octets(words.roster)
    rooted = signed_by_root(roster_frame, words.root_public)
    roster = Roster.decode(cose.take_apart(roster_frame).payload)
    papers = read_papers(roster, read_octets(words.order), words.list and read_octets(words.list))
    names = read_draft(words.names.read_text())[1] if words.names else {}
    held = KeyFile.read(words.key)
    own = _own(papers, held)
    _show(papers, names, rooted, own)
    _check_time(papers.order, clock.now())
    _confirm(papers.order, stdin_taken=STDIN in (words.order, words.list, words.roster))
    key = unlock(words, held)
    frame = cose.sign1(_release(papers, words.start).encode(), kid_octets(own.kid), key)
    _hand_over(frame, words.out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hudun release", description="不经浏览器核对并放行命令")
    parser.add_argument("order", metavar="命令文件", help="原始、十六进制或 base64；- 为标准输入")
    parser.add_argument("--list", metavar="文件", help="命令所指的清单")
    parser.add_argument("--roster", required=True, metavar="文件", help="已签发的名册")
    parser.add_argument("--names", type=Path, metavar="文件", help="名册草稿，用来显示姓名")
    parser.add_argument("--root-public", action="append", default=[], metavar="公钥")
    parser.add_argument("--key", type=Path, required=True, metavar="文件", help="本人密钥文件")
    parser.add_argument(
        "--start", type=int, default=LEAD_S, metavar="秒", help="立即命令：放行后几秒开始"
    )
    parser.add_argument("--out", type=Path, metavar="文件", help="放行报文；缺省印到屏幕")
    add_passphrase(parser)
    return parser


def read_papers(roster: Roster, order_frame: bytes, list_frame: bytes | None) -> Papers:
    """Everything that the octets say, checked against the roster.

    Raises:
        BadFrame, Refused: an octet is not as it should be, or a signature is not.
    """
    envelope = cose.take_apart(order_frame)
    order = Order.decode(envelope.payload)
    signer = _signer(roster, envelope)
    if order.issuer != roster.issuer:
        raise Refused(f"命令是单位 {order.issuer} 的，名册是单位 {roster.issuer} 的")
    if RIGHT_FOR_MODE[order.mode] not in signer.rights:
        raise Refused("拟令人的密钥没有这种命令的权限")
    listed = _listed(order, envelope.kid, signer, list_frame)
    return Papers(order, order_frame, listed, list_frame, roster, signer)


def _signer(roster: Roster, envelope: cose.Envelope) -> RosterKey:
    key = roster.key(int.from_bytes(envelope.kid, "big"))
    if key is None or len(envelope.kid) != 2:
        raise Refused("拟令人的密钥不在名册里")
    if not envelope.signed_by(key.public):
        raise Refused("命令的签名不对，不可放行")
    return key


def _listed(
    order: Order, kid: bytes, signer: RosterKey, list_frame: bytes | None
) -> SirenList | None:
    if order.target.list_number is None:
        if list_frame is not None:
            raise Refused("命令没有用清单，不应给出清单")
        return None
    if list_frame is None:
        raise Refused(f"命令用第 {order.target.list_number} 号清单，请用 --list 给出它")
    envelope = cose.take_apart(list_frame)
    listed = SirenList.decode(envelope.payload)
    right = (listed.issuer, listed.number) == (order.issuer, order.target.list_number)
    if not right or envelope.kid != kid or not envelope.signed_by(signer.public):
        raise Refused("清单不是这份命令所指的，或不是拟令人签的")
    return listed


def _own(papers: Papers, held: KeyFile) -> RosterKey:
    own = next((key for key in papers.roster.keys if key.public == held.public), None)
    if own is None:
        raise Refused("本人的密钥不在名册里")
    if RIGHT_FOR_MODE[papers.order.mode] not in own.rights:
        raise Refused(f"本人的密钥只能签 {right_words(own.rights)}")
    same = own.person == papers.signer.person or own.public == papers.signer.public
    if papers.order.mode is not Mode.SILENT and (same or own.person == DESK_PERSON):
        raise Refused("命令是本人签的：放行须由另一人")
    if clock.now() > own.until:
        raise Refused(f"本人的密钥已于 {moment(own.until)} 到期")
    return own


def _check_time(order: Order, now: float) -> None:
    if now > order.expires_at:
        raise Refused("命令已经失效")
    if order.starts_at is None and not -CLOCKS_APART_S <= now - order.issued <= ARM_WINDOW_S:
        raise Refused(f"立即命令须在拟定后 {ARM_WINDOW_S} 秒内放行，现在已过")
    notice = NOTICE_S if order.mode is Mode.TRIAL else 0
    if order.starts_at is not None and now > order.starts_at - notice:
        raise Refused("计划命令的放行已经太晚" + ("：试鸣须提前 24 小时" if notice else ""))


def _show(papers: Papers, names: dict[int, str], rooted: str, own: RosterKey) -> None:
    for label, text in describe(papers.order, papers.listed):
        print(f"{label}　{text}")
    print(f"拟令人　{_person(papers.signer, names)}，签名核对无误")
    print(f"放行人　{_person(own, names)}")
    print(f"名册　第 {papers.roster.number} 版，{rooted}")
    if papers.order.roster != papers.roster.number:
        print(f"注意　命令拟定时用的是名册第 {papers.order.roster} 版")


def _person(key: RosterKey, names: dict[int, str]) -> str:
    who = names.get(key.person) or (
        "值班台" if key.person == DESK_PERSON else f"第 {key.person} 人"
    )
    return f"{who}（钥号 {key.kid}）"


def _confirm(order: Order, *, stdin_taken: bool) -> None:
    wanted = confirmation(order)
    given = typed(f"放行请输入“{wanted}”：", stdin_taken=stdin_taken)
    if "".join(given.split()) != wanted:
        raise Refused("输入不符，没有签名")


def _release(papers: Papers, lead: int) -> Release:
    order, now = papers.order, clock.now()
    _check_time(order, now)
    if not 0 <= lead <= ARM_WINDOW_S:
        raise Refused(f"--start 应在 0 到 {ARM_WINDOW_S} 秒之间")
    start = lead if order.start is None else None
    released = max(int(now), order.issued)
    return Release(
        order.issuer, papers.roster.number, order.counter, papers.digest, released, start
    )


def _hand_over(frame: bytes, out: Path | None) -> None:
    if out is not None:
        out.write_bytes(frame)
        print(f"已放行：{out}，{len(frame)} 字节", file=sys.stderr)
    else:
        print(to_text(frame))
