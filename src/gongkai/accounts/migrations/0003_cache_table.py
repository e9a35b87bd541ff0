from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """Create the table in which locks on sign-in are counted (ADR 0053); a repeat is harmless."""
    call_command('createcachetable', database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_user_body'),
    ]

    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
