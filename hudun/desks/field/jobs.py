"""What the field app leaves behind is thrown away every night."""

from hudun.core.recurring import daily

from .uploads import sweep


@daily("03:40")
def forget_old_uploads() -> None:
    sweep()
