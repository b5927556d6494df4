"""Giving a plate, keeping it true, taking it back: inside the actions of the thing."""

from hudun.core.action import Act
from hudun.core.organ import Organ

from .models import TITLE_LENGTH, Plate
from .plated import Plated


def give_plate(act: Act, asset: Plated) -> Plate:
    """Inside the action that registers the thing."""
    plate = Plate(
        organ=_organ(asset),
        kind=asset.plate_slug,
        object_id=str(asset.pk),
        title=asset.plate_title()[:TITLE_LENGTH],
        issued_at=act.now,
    )
    plate.__dict__["asset"] = asset
    plate.save(force_insert=True)
    if units := _units(asset):
        plate.units.set(units)
    act.note(plate=plate.code)
    return plate


def follow(act: Act, asset: Plated) -> None:
    """After an edit: the plate has the title, the organ and the units of its thing."""
    plate = Plate.objects.of(asset).active().first()
    if plate is None:
        return
    _follow_words(act, plate, asset)
    plate.units.set(_units(asset))


def withdraw_plate(act: Act, asset: Plated) -> Plate | None:
    """If it has one. Needed before another is given in its stead; a code is never given again."""
    plate = Plate.objects.of(asset).active().first()
    if plate is None:
        return None
    plate.withdrawn_at = act.now
    plate.save(update_fields=["withdrawn_at"])
    act.changed(plate)
    return plate


def _follow_words(act: Act, plate: Plate, asset: Plated) -> None:
    title, organ = asset.plate_title()[:TITLE_LENGTH], _organ(asset)
    if (plate.title, plate.organ_id) == (title, organ.pk):
        return
    plate.title, plate.organ = title, organ
    plate.save(update_fields=["title", "organ"])
    act.changed(plate)


def _organ(asset: Plated) -> Organ:
    organ: Organ = asset.organ  # type: ignore[attr-defined]
    return organ


def _units(asset: Plated) -> set[Organ]:
    return {contact.organ for contact in asset.plate_contacts() if contact.organ is not None}
