"""A part without its programme there is none; the index stands."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """After 0004 every part has one."""

    dependencies = [("programme", "0004_parts_name_their_programme")]

    operations = [
        migrations.AlterField(
            "taskunit",
            "programme",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programme.programme",
            ),
        ),
        migrations.AddIndex(
            "taskunit",
            models.Index(fields=["unit", "ended_on", "programme"], name="programme_part_where"),
        ),
    ]
