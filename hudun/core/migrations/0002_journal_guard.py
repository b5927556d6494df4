from django.db import migrations

from hudun.core.journal.triggers import guard, release


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(guard, release)]
