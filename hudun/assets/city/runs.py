"""Reading a layer's file, by the planner."""

from typing import Any

from hudun.core.action import Actor
from hudun.core.planner import Desk, Run, planned
from hudun.engines.geodesy import Datum

from .models import Layer


def settle(run: Run, answer: dict[str, Any]) -> None:
    """Nothing happens to a layer that somebody has put aside meanwhile."""
    from .actions import read_layer_file

    layer = Layer.objects.get(pk=run.ask["layer"])
    if layer.state == "checking":
        read_layer_file(Actor.system(layer.organ, "planner"), layer, found=answer)


@planned("city.read", says="检查图层文件", keep=settle)
def read(ask: dict[str, Any], desk: Desk) -> dict[str, Any]:
    from .checking import check

    layer = Layer.objects.get(pk=ask["layer"])
    desk.progress(0.05, f"正在读“{layer.name}”")
    return check(layer.path, layer.kind, Datum(layer.datum)).as_json()
