"""A part names its programme: the column, an index along it, and a name from duty to part."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The column, still empty; 0004 fills it."""

    dependencies = [
        ("programme", "0002_indexes_for_boards"),
        ("organisation", "0001_initial"),
        ("duties", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            "taskduty",
            "duty",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="task_part",
                to="duties.duty",
            ),
        ),
        migrations.AddField(
            "taskunit",
            "programme",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programme.programme",
            ),
        ),
    ]
