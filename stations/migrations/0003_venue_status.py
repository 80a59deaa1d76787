"""A venue's status says more than open or not: what was not open is suspended until somebody says why."""

from django.db import migrations


def carry_over(apps, schema_editor):
    for name in ("Venue", "HistoricalVenue"):
        apps.get_model("stations", name).objects.filter(is_open=False).update(status="SUSPENDED")


def carry_back(apps, schema_editor):
    for name in ("Venue", "HistoricalVenue"):
        apps.get_model("stations", name).objects.exclude(status="RUNNING").update(is_open=False)


class Migration(migrations.Migration):
    dependencies = [("stations", "0002_network")]

    operations = [
        migrations.RunPython(carry_over, carry_back),
        migrations.RemoveField("historicalvenue", "is_open"),
        migrations.RemoveField("venue", "is_open"),
    ]
