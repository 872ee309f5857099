from django.db import migrations, models

import members.models.council


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_closed_items_by_choice'),
    ]

    operations = [
        migrations.AddField(
            model_name='council',
            name='text_blocks',
            field=models.JSONField(blank=True, default=members.models.council.default_blocks, verbose_name='textblock'),
        ),
    ]
