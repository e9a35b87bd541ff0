"""A second start leads to the report that is being written; of those there are, to the first."""

from hashlib import sha256

from django.db import migrations, models


def name_those_under_way(apps, schema_editor):
    """Name each report being written by its programmes and day; a twin stays without a name."""
    draft_model = apps.get_model("reports", "Draft")
    named = set()
    for draft in draft_model.objects.filter(state="drafting").order_by("started_at", "id"):
        keys = ",".join(map(str, sorted(draft.programmes.values_list("pk", flat=True))))
        name = sha256(f"{draft.counts_until.isoformat()}:{keys}".encode()).hexdigest()
        if name not in named:
            named.add(name)
            draft_model.objects.filter(pk=draft.pk).update(live=name)


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0002_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="live",
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.RunPython(name_those_under_way, migrations.RunPython.noop),
    ]
