import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stations', '0004_mark_history'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalreceptionsetting',
            name='booking_keep_days',
            field=models.PositiveSmallIntegerField(default=90, help_text='Counted from the reception day; residents read this before they book', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1100)], verbose_name='days names and phones of bookings are kept'),
        ),
        migrations.AddField(
            model_name='receptionsetting',
            name='booking_keep_days',
            field=models.PositiveSmallIntegerField(default=90, help_text='Counted from the reception day; residents read this before they book', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1100)], verbose_name='days names and phones of bookings are kept'),
        ),
    ]
