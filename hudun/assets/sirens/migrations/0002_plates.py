"""Sirens that were registered before there were plates get theirs."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.timezone import now


def give_plates(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    siren, plate = apps.get_model("sirens", "Siren"), apps.get_model("core", "Plate")
    standing = siren.objects.exclude(state__in=("removed", "void"))
    plate.objects.bulk_create(
        plate(
            organ_id=each.organ_id,
            kind="sirens",
            object_id=str(each.pk),
            title=f"{each.number} 号警报器（{each.name}）",
            issued_at=now(),
        )
        for each in standing
    )


class Migration(migrations.Migration):
    dependencies = [("sirens", "0001_initial"), ("core", "0006_plate")]

    operations = [migrations.RunPython(give_plates, migrations.RunPython.noop)]
