
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ExportLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('exported_at', models.DateTimeField(verbose_name='time')),
                ('what', models.CharField(max_length=80, verbose_name='list')),
                ('conditions', models.CharField(blank=True, max_length=300, verbose_name='narrowed to')),
                ('query', models.CharField(blank=True, max_length=500)),
                ('rows', models.PositiveIntegerField(verbose_name='rows')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='exported by')),
            ],
            options={
                'verbose_name': 'exported list',
                'verbose_name_plural': 'exported lists',
                'ordering': ['-pk'],
            },
        ),
    ]
