"""What was a word becomes a date: who was suspended gets an open suspension, who had left gets a last day."""

from django.db import migrations
from django.db.models import Q

from congress_portal.common import clock

NOTE = "由原“状态”一栏转来"


def to_dates(apps, schema_editor):
    today, now = clock.today(), clock.now()
    mandates, events = apps.get_model("deputies", "Mandate"), apps.get_model("deputies", "MandateEvent")
    history = apps.get_model("deputies", "HistoricalMandate")
    for mandate in mandates.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), status="ENDED"):
        mandate.ends_on = max(mandate.starts_on, today)
        mandate.save()
        columns = {field.attname: getattr(mandate, field.attname) for field in mandate._meta.concrete_fields}
        history.objects.create(
            **columns, history_date=now, history_type="~", history_change_reason=NOTE
        )
    for mandate in mandates.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), status="SUSPENDED"):
        day = max(mandate.starts_on, today)
        if mandate.ends_on is not None and mandate.ends_on <= day:
            continue
        events.objects.get_or_create(
            mandate=mandate, kind="SUSPENDED", until=None, struck_out_at=None,
            defaults={"effective_on": day, "announced_on": None, "note": NOTE, "recorded_at": now},
        )


def to_words(apps, schema_editor):
    today = clock.today()
    mandates, events = apps.get_model("deputies", "Mandate"), apps.get_model("deputies", "MandateEvent")
    suspended = events.objects.filter(
        Q(until=None) | Q(until__gt=today), kind="SUSPENDED", struck_out_at=None, effective_on__lte=today
    )
    mandates.objects.filter(pk__in=suspended.values("mandate")).update(status="SUSPENDED")
    mandates.objects.filter(ends_on__lte=today).update(status="ENDED")


class Migration(migrations.Migration):

    dependencies = [("deputies", "0003_mandate_events_and_terms")]

    operations = [migrations.RunPython(to_dates, to_words)]
