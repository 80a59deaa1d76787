import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('deputies', '0004_status_becomes_dates'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='mandate',
            name='mandate_status_is_known',
        ),
        migrations.RemoveField(
            model_name='historicalmandate',
            name='status',
        ),
        migrations.RemoveField(
            model_name='mandate',
            name='status',
        ),
        migrations.AddField(
            model_name='mandateevent',
            name='struck_out_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='struck out by'),
        ),
    ]
