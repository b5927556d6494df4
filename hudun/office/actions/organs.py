"""An organ gets another name, another place, or ends."""

from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.organ import Organ, Post, Role


@action("organs.rename", label="机构改名", roles={Role.SYSTEM_ADMIN})
def rename_organ(_act: Act, organ: Organ, name: str) -> Organ:
    organ.name = name
    organ.save(update_fields=["name"])
    return organ


@action("organs.move", label="机构划转")
def move_organ(act: Act, organ: Organ, parent: Organ) -> Organ:
    """Takes everything below along. Only the system may: it crosses the borders of rights."""
    old = organ.path
    organ.place_below(parent)
    organ.save(update_fields=["parent", "path", "depth"])
    below = list(Organ.objects.filter(path__startswith=old).exclude(pk=organ.pk).order_by("path"))
    for each in below:
        each.path = organ.path + each.path.removeprefix(old)
        each.depth = each.path.count("/") - 2
    Organ.objects.bulk_update(below, ["path", "depth"], batch_size=200)
    act.note(below=len(below))
    return organ


@action("organs.close", label="撤销机构", roles={Role.SYSTEM_ADMIN}, needs_reason=True)
def close_organ(act: Act, organ: Organ) -> Organ:
    below = Organ.objects.under(organ).active().exclude(pk=organ.pk).count()
    people = Post.objects.under(organ).not_ended().count()
    if below or people:
        raise Problem("409.24", organ=organ, count=below + people)
    organ.closed_at = act.now
    organ.save(update_fields=["closed_at"])
    return organ
