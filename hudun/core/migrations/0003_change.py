import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_journal_guard")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("topic", models.CharField(max_length=40)),
                ("payload", models.JSONField()),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="core.organ",
                    ),
                ),
            ],
            options={
                "verbose_name": "变更通知",
                "verbose_name_plural": "变更通知",
                "ordering": ["seq"],
            },
        ),
    ]
