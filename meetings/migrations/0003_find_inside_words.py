import django.contrib.postgres.indexes
from django.db import migrations, models

import meetings.models.archive


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0002_sealed_is_sealed'),
        ('members', '0005_trail_is_a_chain'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='archiveditem',
            name='archive_parts_of_words',
        ),
        migrations.AddField(
            model_name='archiveditem',
            name='folded',
            field=models.GeneratedField(db_persist=True, expression=meetings.models.archive.Folded('heading', 'text'), output_field=models.TextField()),
        ),
        migrations.AddIndex(
            model_name='archiveditem',
            index=django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='archive_inside_words', opclasses=['gin_trgm_ops']),
        ),
    ]
