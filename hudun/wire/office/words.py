"""What verdicts and reasons are called in front of people."""

from __future__ import annotations

from collections.abc import Mapping

from hudun.wire.frames import Reason
from hudun.wire.office.types import Judgement, Verdict, Why

VERDICT_NAMES: Mapping[Verdict, str] = {
    Verdict.FINISHED: "已鸣响",
    Verdict.INTERRUPTED: "中断",
    Verdict.REFUSED: "拒绝",
    Verdict.SILENT: "未鸣响",
    Verdict.UNPROVED: "无证明",
    Verdict.UNREACHABLE: "失联",
}
REASON_NAMES: Mapping[Reason, str] = {
    Reason.BAD_FRAME: "帧格式有误",
    Reason.BAD_SIGNATURE: "签名无效",
    Reason.UNKNOWN_KEY: "密钥不在名册",
    Reason.WRONG_ISSUER: "签发单位不符",
    Reason.NO_RIGHT: "密钥无此权限",
    Reason.SAME_PERSON: "两次签名为同一人",
    Reason.REPLAY: "重放",
    Reason.EXPIRED: "命令已过期",
    Reason.LATE_RELEASE: "放行不在时限内",
    Reason.STOPPED: "命令已被停止",
    Reason.TRIAL_RULE: "不符合试鸣规定",
    Reason.NO_CLOCK: "终端时钟失准",
    Reason.UNKNOWN_SIGNAL: "终端不识此信号",
    Reason.NO_LIST: "缺少名单",
    Reason.RETAINED: "保留消息不作命令",
    Reason.KEY_EXPIRED: "密钥已过期",
    Reason.CONFLICT: "与已有命令冲突",
    Reason.START_PASSED: "已过开始时刻",
    Reason.TOO_FAR_AHEAD: "命令编号跳跃过大",
}
WHY_NAMES: Mapping[Why, str] = {
    Why.AS_ORDERED: "按令鸣响",
    Why.STOPPED: "已停止",
    Why.CUT_SHORT: "鸣响不足",
    Why.LOST_WHILE_SOUNDING: "鸣响后失去联系",
    Why.NO_SOUND: "检测装置未检出声音",
    Why.NOT_SOUNDED: "已接令且在线，但未报告鸣响",
    Why.NO_EVIDENCE: "终端无检测装置",
    Why.REFUSED: "终端拒绝",
    Why.LOST_AFTER_ACCEPTING: "接令后失去联系",
    Why.NOT_ACCEPTED: "在线但未接令",
    Why.NO_WORD: "无任何回音",
}


def explain(judgement: Judgement) -> str:
    """The reason as one phrase."""
    if judgement.refused is not None:
        return f"{WHY_NAMES[judgement.why]}：{REASON_NAMES[judgement.refused]}"
    return WHY_NAMES[judgement.why]
