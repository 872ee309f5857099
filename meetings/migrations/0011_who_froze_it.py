from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0010_who_was_there_when'),
    ]

    operations = [
        migrations.AddField(
            model_name='minutesversion',
            name='frozen_by_name',
            field=models.CharField(db_default='', default='', max_length=200),
        ),
    ]
