"""Sites that were running before: grounds that need two people, marks of supervision, replies nobody told yet."""

from django.db import migrations

from congress_portal.common import clock, workdays

TWO_PEOPLE = {"N02": "ALL", "N09": "PUBLIC", "N10": "ALL"}
FEEDBACK_DAYS = 3


def grounds(apps, schema_editor):
    Ground = apps.get_model("suggestions", "DeclineReason")
    for code, hide_from in TWO_PEOPLE.items():
        Ground.objects.filter(code=code).update(two_person=True, hide_from=hide_from)


def untold(apps, schema_editor):
    """A reply the resident was not told of waits for that from now on with a clock of its own."""
    Case, Clock = apps.get_model("suggestions", "Suggestion"), apps.get_model("suggestions", "Clock")
    waiting = Case.objects.filter(state="REPLIED", told_at=None).exclude(clocks__stopped_at=None, clocks__kind="FEEDBACK")
    for case in waiting:
        due = workdays.add_workdays(clock.today(), FEEDBACK_DAYS)
        Clock.objects.create(
            suggestion=case, kind="FEEDBACK", round=case.round, started_at=clock.now(), due_on=due,
            length=FEEDBACK_DAYS, unit="WORKDAYS", basis="答复后3个工作日内告知",
        )
        Case.objects.filter(pk=case.pk).update(due_on=due, due_kind="FEEDBACK")


def supervised(apps, schema_editor):
    """The mark becomes a row with its leader, as far as an ordered second handling named one."""
    Case, Event = apps.get_model("suggestions", "Suggestion"), apps.get_model("suggestions", "Event")
    Supervision = apps.get_model("suggestions", "Supervision")
    for case in Case.objects.filter(is_supervised=True):
        marks = Event.objects.filter(suggestion=case, action__in=("order_redo", "flag"), actor__isnull=False)
        last = marks.order_by("-seq").first()
        if last is not None:
            Supervision.objects.create(
                suggestion=case, leader=last.data.get("leader", ""), reason=last.note,
                started_by=last.actor, started_at=last.happened_at,
            )


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0003_full_procedure"), ("common", "0001_initial")]
    operations = [
        migrations.RunPython(grounds, migrations.RunPython.noop),
        migrations.RunPython(untold, migrations.RunPython.noop),
        migrations.RunPython(supervised, migrations.RunPython.noop),
    ]
