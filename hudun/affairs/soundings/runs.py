"""While sirens are about to sound or sound, no reckoning takes the machine's time."""

from hudun.affairs.soundings.models import Order
from hudun.core import clock
from hudun.core.planner import holds_planner


@holds_planner
def order_under_way() -> str:
    return "有命令正在执行" if Order.objects.pressing(clock.now()).exists() else ""
