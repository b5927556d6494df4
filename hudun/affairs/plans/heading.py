"""What stands on every paper of a version."""

from .book.typeset import Head
from .models import Version

STANDING = ("approved", "filed")


def head_of(version: Version) -> Head:
    office, state = version.organ.seat().name, version.shown.label
    notes = [version.plan.remark, "" if version.state in STANDING else "这一版尚未批准，不得分发。"]
    return Head(
        f"{office}人民防空办公室", version.plan.title, f"{version.label}（{state}）",
        version.plan.get_secrecy_display(), "　".join(filter(None, notes)),
    )  # fmt: skip
