"""A run that counted open dates anew remembers with which calendar."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0004_grounds_and_told")]

    operations = [
        migrations.AddField(
            model_name="recalculation",
            name="calendar",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
    ]
