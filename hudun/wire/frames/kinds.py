"""The numbers that stand for kinds, modes, rights, states and reasons."""

from __future__ import annotations

from enum import IntEnum, IntFlag

SHORT_FRAME = 140  # octets: one 8-bit SMS, one radio frame, one MQTT message


class Kind(IntEnum):
    """First item of every payload. SCHEDULE and LINK are reserved for later levels."""

    ORDER, RELEASE, STOP, TIME, RECEIPT, ROSTER, LIST, SCHEDULE, LINK = range(1, 10)
    ACKNOWLEDGEMENT, QUESTION, HEALTH = range(10, 13)


SHORT_KINDS = frozenset({Kind.ORDER, Kind.RELEASE, Kind.STOP, Kind.TIME, Kind.RECEIPT})


class Mode(IntEnum):
    """实警, 试鸣, 静默."""

    LIVE, TRIAL, SILENT = 1, 2, 3


class Right(IntFlag):
    """What a key may sign. LIVE and TRIAL never stand on one key."""

    LIVE, TRIAL, SILENT, STOP, TIME = 1, 2, 4, 8, 16


RIGHT_FOR_MODE = {Mode.LIVE: Right.LIVE, Mode.TRIAL: Right.TRIAL, Mode.SILENT: Right.SILENT}
DESK_PERSON = 0  # the server's own key belongs to nobody


class State(IntEnum):
    """What a receipt reports."""

    ACCEPTED, REFUSED, SOUNDING, FINISHED, INTERRUPTED, SILENT, UNPROVED = range(1, 8)
    STOPPED, UNSOLICITED, QUIET = range(8, 11)


class Evidence(IntEnum):
    """How the driver knows. SELF_TEST stands for all that a silent test can show."""

    NONE, CURRENT, MICROPHONE, RELAY, SELF_TEST = range(5)


class Reason(IntEnum):
    """Why a terminal refuses."""

    BAD_FRAME, BAD_SIGNATURE, UNKNOWN_KEY, WRONG_ISSUER, NO_RIGHT, SAME_PERSON = range(1, 7)
    REPLAY, EXPIRED, LATE_RELEASE, STOPPED, TRIAL_RULE, NO_CLOCK = range(7, 13)
    UNKNOWN_SIGNAL, NO_LIST, RETAINED, KEY_EXPIRED, CONFLICT, START_PASSED = range(13, 19)
    TOO_FAR_AHEAD = 19
