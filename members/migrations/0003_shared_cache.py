"""The cache table for sign-in rate limits (settings.CACHES), so that migrate is all it takes."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("members", "0002_trail_is_append_only")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
