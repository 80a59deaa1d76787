from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stations", "0005_booking_keep_days")]

    operations = [
        migrations.AlterField(
            model_name="sessionchange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ANNOUNCED", "Notice published"),
                    ("MOVED", "Moved"),
                    ("CANCELLED", "Cancelled"),
                    ("DECIDED", "Stays as planned"),
                    ("JOINED", "A deputy receives too"),
                    ("LEAVE", "A deputy is on leave"),
                    ("SUBSTITUTE", "A substitute stands in"),
                    ("BACK", "A deputy takes the turn after all"),
                    ("VENUE", "Takes place at another venue"),
                    ("HELD", "Recorded"),
                ],
                max_length=10,
                verbose_name="change",
            ),
        ),
    ]
