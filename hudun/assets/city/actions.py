"""Every write to the layers of a city."""

from datetime import date
from typing import Any

from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.organ import Organ, OrganKind
from hudun.core.planner import ask_run

from . import problems as problems
from .files import Stored
from .flow import STAFF, LayerFlow
from .models import Layer

KEEPERS = (OrganKind.PROVINCE, OrganKind.CITY, OrganKind.DISTRICT)


@action("city.upload", label="上传图层", roles=STAFF)
def upload_layer(
    act: Act,
    organ: Organ,
    /,
    *,
    file: Stored,
    kind: str,
    name: str,
    source: str,
    surveyed_on: date,
    licence: str = "",
    datum: str = "CGCS2000",
    simulated: bool = False,
    ask: bool = True,
) -> Layer:
    """It is read by the planner, and kept when a person has seen what was read. ask=False: the
    caller reads it."""
    if organ.kind not in KEEPERS:
        raise Problem("422.164")
    _refuse_twice(organ, kind, file)
    layer = Layer(
        organ=organ, kind=kind, name=name, source=source, licence=licence, datum=datum,
        surveyed_on=surveyed_on, simulated=simulated, digest=file.digest, suffix=file.suffix,
        size=file.size, file_name=file.name, uploaded_at=act.now, uploaded_by=act.actor.user,
    )  # fmt: skip
    layer.save(force_insert=True)
    return _ask(act, layer) if ask else layer


def _refuse_twice(organ: Organ, kind: str, file: Stored) -> None:
    same = Layer.objects.filter(organ=organ, kind=kind, digest=file.digest)
    if found := same.filter(state__in=LayerFlow.open_states()).first():
        state = LayerFlow.shown(found).label
        raise Problem("409.160", name=found.name, state=state, fields={"file": "已经存过"})


def _ask(act: Act, layer: Layer) -> Layer:
    back = f"/city/{layer.pk}/"
    layer.reading = ask_run(
        act.actor, layer.organ, kind="city.read", ask={"layer": str(layer.pk)}, back=back
    )
    layer.save(update_fields=["reading"])
    return layer


@action("city.check_again", label="重新检查", roles=STAFF)
def check_again(act: Act, layer: Layer) -> Layer:
    """After the planner could not read it, or was stopped."""
    if layer.state != "checking" or not layer.stuck:
        raise Problem("409.1", state=LayerFlow.shown(layer).label, label="重新检查")
    return _ask(act, layer)


@action("city.read", moves=LayerFlow.read)
def read_layer_file(_act: Act, layer: Layer, found: dict[str, Any]) -> Layer:
    """What the reader found, for a person to see before it is kept."""
    layer.rows, layer.said, layer.faults = found["rows"], found["said"], found["faults"]
    layer.west, layer.south, layer.east, layer.north = found["box"]
    layer.save(update_fields=["rows", "said", "faults", "west", "south", "east", "north"])
    return layer


@action("city.keep", moves=LayerFlow.keep)
def keep_layer(act: Act, layer: Layer) -> Layer:
    """From here on it is what the organ computes on, before older ones of its kind."""
    layer.kept_at = act.now
    layer.save(update_fields=["kept_at"])
    return layer


@action("city.discard", moves=LayerFlow.discard)
def discard_layer(_act: Act, layer: Layer) -> Layer:
    return layer


@action("city.withdraw", moves=LayerFlow.withdraw, needs_reason=True)
def withdraw_layer(_act: Act, layer: Layer) -> Layer:
    """The file stays: results that rest on it can be made again."""
    return layer
