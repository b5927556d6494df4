"""The organ tree from a file of official codes. A second import of the same file changes nothing;
a changed name or place is an action of its own, so that the organ's history shows it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from hudun.core.action import Act, action
from hudun.core.organ import Organ, OrganKind
from hudun.office.actions.organs import move_organ, rename_organ
from hudun.office.division_file import Division


@dataclass
class Imported:
    new: int = 0
    renamed: int = 0
    moved: int = 0
    unchanged: int = 0
    absent: int = 0
    """Below the districts of the file, but not in it: left as they are, for a person to judge."""


@action("organs.import", label="导入区划")
def import_divisions(act: Act, _whole_tree: None, divisions: Sequence[Division]) -> Imported:
    """`divisions` come highest level first. Only the system itself may do it: it touches all."""
    known = {organ.code: organ for organ in Organ.objects.exclude(code=None)}
    done, new = Imported(), []
    for each in divisions:
        organ = known.get(each.code)
        if organ is None:
            known[each.code] = organ = _new(each, known.get(each.parent))
            new.append(organ)
        else:
            _update(act, organ, each, known.get(each.parent), done)
    Organ.objects.bulk_create(new, batch_size=500)
    done.new, done.absent = len(new), _absent(divisions)
    act.note(**asdict(done))
    return done


def _new(each: Division, parent: Organ | None) -> Organ:
    organ = Organ(code=each.code, name=each.name, kind=each.level)
    organ.place_below(parent)
    return organ


def _update(act: Act, organ: Organ, each: Division, parent: Organ | None, done: Imported) -> None:
    reason = act.actor.because("按官方区划更新")
    if organ.name != each.name:
        rename_organ(reason, organ, each.name)
        done.renamed += 1
    if parent is not None and organ.parent_id != parent.pk:
        move_organ(reason, organ, parent)
        done.moved += 1
    if organ.name == each.name and (parent is None or organ.parent_id == parent.pk):
        done.unchanged += 1


def _absent(divisions: Sequence[Division]) -> int:
    listed = {each.code for each in divisions}
    districts = [each.code for each in divisions if each.level == OrganKind.DISTRICT]
    here = Organ.objects.active().filter(code__isnull=False)
    return sum(
        code not in listed
        for district in Organ.objects.filter(code__in=districts)
        for code in here.under(district).values_list("code", flat=True)
    )
