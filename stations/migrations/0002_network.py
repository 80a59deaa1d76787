import congress_portal.common.fields
import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("deputies", "0003_mandate_events_and_terms"),
        ("stations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="community",
            name="landmarks",
            field=models.TextField(
                blank=True,
                help_text="One a line. A resident who types a piece of an address is led here.",
                max_length=2000,
                verbose_name="roads, estates and landmarks",
            ),
        ),
        migrations.AddField(
            model_name="historicalposting",
            name="reason",
            field=models.CharField(
                choices=[
                    ("FIRST", "First posting"),
                    ("ADJUSTED", "Adjusted"),
                    ("TERM", "Change of term"),
                    ("MERGER", "Venue merged or closed"),
                ],
                default="FIRST",
                max_length=10,
                verbose_name="reason",
            ),
        ),
        migrations.AddField(
            model_name="historicalvenue",
            name="gone_on",
            field=models.DateField(editable=False, null=True, verbose_name="gone since"),
        ),
        migrations.AddField(
            model_name="historicalvenue",
            name="head_name",
            field=models.CharField(
                blank=True,
                help_text="Only if the head is no deputy; a deputy who is the head has a posting that says so",
                max_length=20,
                verbose_name="head",
            ),
        ),
        migrations.AddField(
            model_name="historicalvenue",
            name="head_post",
            field=models.CharField(blank=True, max_length=40, verbose_name="post of the head"),
        ),
        migrations.AddField(
            model_name="historicalvenue",
            name="latitude",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                help_text="Degrees north, WGS 84, for example 41.796800",
                max_digits=8,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(3),
                    django.core.validators.MaxValueValidator(54),
                ],
                verbose_name="latitude",
            ),
        ),
        migrations.AddField(
            model_name="historicalvenue",
            name="longitude",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                help_text="Degrees east, WGS 84, for example 123.451200",
                max_digits=9,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(73),
                    django.core.validators.MaxValueValidator(136),
                ],
                verbose_name="longitude",
            ),
        ),
        migrations.AddField(
            model_name="historicalvenue",
            name="opened_on",
            field=models.DateField(
                blank=True, help_text="Empty: before the portal was kept", null=True, verbose_name="opened on"
            ),
        ),
        migrations.AddField(
            model_name="historicalvenue",
            name="rules",
            field=models.TextField(
                blank=True,
                help_text="One a line, as they hang there",
                max_length=3000,
                verbose_name="rules on the wall",
            ),
        ),
        migrations.AddField(
            model_name="historicalvenue",
            name="status",
            field=models.CharField(
                choices=[
                    ("RUNNING", "Running"),
                    ("SUSPENDED", "Suspended"),
                    ("MERGED", "Merged"),
                    ("CLOSED", "Closed"),
                ],
                default="RUNNING",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddField(
            model_name="historicalvenue",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="stations.venue",
                verbose_name="merged into",
            ),
        ),
        migrations.AddField(
            model_name="posting",
            name="reason",
            field=models.CharField(
                choices=[
                    ("FIRST", "First posting"),
                    ("ADJUSTED", "Adjusted"),
                    ("TERM", "Change of term"),
                    ("MERGER", "Venue merged or closed"),
                ],
                default="FIRST",
                max_length=10,
                verbose_name="reason",
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="gone_on",
            field=models.DateField(editable=False, null=True, verbose_name="gone since"),
        ),
        migrations.AddField(
            model_name="venue",
            name="head_name",
            field=models.CharField(
                blank=True,
                help_text="Only if the head is no deputy; a deputy who is the head has a posting that says so",
                max_length=20,
                verbose_name="head",
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="head_post",
            field=models.CharField(blank=True, max_length=40, verbose_name="post of the head"),
        ),
        migrations.AddField(
            model_name="venue",
            name="latitude",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                help_text="Degrees north, WGS 84, for example 41.796800",
                max_digits=8,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(3),
                    django.core.validators.MaxValueValidator(54),
                ],
                verbose_name="latitude",
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="longitude",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                help_text="Degrees east, WGS 84, for example 123.451200",
                max_digits=9,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(73),
                    django.core.validators.MaxValueValidator(136),
                ],
                verbose_name="longitude",
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="opened_on",
            field=models.DateField(
                blank=True, help_text="Empty: before the portal was kept", null=True, verbose_name="opened on"
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="rules",
            field=models.TextField(
                blank=True,
                help_text="One a line, as they hang there",
                max_length=3000,
                verbose_name="rules on the wall",
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="status",
            field=models.CharField(
                choices=[
                    ("RUNNING", "Running"),
                    ("SUSPENDED", "Suspended"),
                    ("MERGED", "Merged"),
                    ("CLOSED", "Closed"),
                ],
                default="RUNNING",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="successor",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="stations.venue",
                verbose_name="merged into",
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["RUNNING", "SUSPENDED", "MERGED", "CLOSED"])),
                name="venue_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gone_on__isnull", False), ("status__in", ("MERGED", "CLOSED"))),
                    models.Q(
                        models.Q(("status__in", ("MERGED", "CLOSED")), _negated=True), ("gone_on", None)
                    ),
                    _connector="OR",
                ),
                name="a_gone_venue_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "MERGED"), ("successor__isnull", False)),
                    models.Q(models.Q(("status", "MERGED"), _negated=True), ("successor", None)),
                    _connector="OR",
                ),
                name="a_merged_venue_has_its_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None)),
                    models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                    _connector="OR",
                ),
                name="a_place_on_the_map_has_both_numbers",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalReceptionPlan",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("starts_at", models.TimeField(verbose_name="from")),
                ("ends_at", models.TimeField(verbose_name="until")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("ON_SITE", "On site"),
                            ("ONLINE", "Online"),
                            ("JOINT", "Joint, with government departments present"),
                        ],
                        default="ON_SITE",
                        max_length=8,
                        verbose_name="form",
                    ),
                ),
                ("theme", models.CharField(blank=True, max_length=60, verbose_name="theme")),
                (
                    "room",
                    models.CharField(
                        blank=True,
                        help_text="Where in the venue, for example 一楼接待室",
                        max_length=60,
                        verbose_name="room",
                    ),
                ),
                ("online_url", models.URLField(blank=True, verbose_name="address of the online meeting")),
                (
                    "partners",
                    models.CharField(
                        blank=True,
                        help_text="For joint receptions",
                        max_length=200,
                        verbose_name="departments present",
                    ),
                ),
                (
                    "slot_minutes",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="minutes per visit",
                    ),
                ),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(50),
                        ],
                        verbose_name="visits at the same time",
                    ),
                ),
                (
                    "recurrence",
                    models.CharField(
                        choices=[
                            ("MONTHLY", "Every month on a date"),
                            ("ODD_MONTHS", "In odd months on a date"),
                            ("NTH_WEEKDAY", "Every month on the n-th weekday"),
                            ("WEEKLY", "Every week"),
                        ],
                        max_length=12,
                        verbose_name="comes round",
                    ),
                ),
                (
                    "day_of_month",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="31 means the last day in shorter months",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(31),
                        ],
                        verbose_name="day of the month",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        null=True,
                        verbose_name="weekday",
                    ),
                ),
                (
                    "nth",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 to 4; 5 means the last",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="n-th in the month",
                    ),
                ),
                (
                    "holiday_policy",
                    models.CharField(
                        choices=[
                            ("POSTPONE", "Postpone to the next working day"),
                            ("BRING_FORWARD", "Bring forward to the working day before"),
                            ("CANCEL", "Leave out"),
                            ("ASK", "Ask each time"),
                        ],
                        default="POSTPONE",
                        max_length=14,
                        verbose_name="on days off",
                    ),
                ),
                (
                    "deputies_per_day",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="deputies per day",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="The first day without", null=True, verbose_name="until"
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, editable=False, verbose_name="demo")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stations.venue",
                        verbose_name="venue",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical reception plan",
                "verbose_name_plural": "historical reception plans",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReceptionSetting",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="Calendar days between the notice and the day; a later notice needs a reason",
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="days of notice",
                    ),
                ),
                (
                    "ahead_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(400),
                        ],
                        verbose_name="days planned ahead",
                    ),
                ),
                (
                    "yearly_minimum",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="Shown beside those who are below",
                        verbose_name="reception days per deputy and year",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "booking_keep_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        help_text="Counted from the reception day; residents read this before they book",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1100),
                        ],
                        verbose_name="days names and phones of bookings are kept",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical rules for reception days",
                "verbose_name_plural": "historical rules for reception days",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRoleDuty",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("POLICY", "Publicist of policy and law"),
                            ("OPINION", "Liaison for public opinion"),
                            ("LIVELIHOOD", "Supervisor of livelihood projects"),
                            ("MEDIATOR", "Mediator between neighbours"),
                            ("GUARDIAN", "Guardian of the neighbourhood"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="The first day out of service", null=True, verbose_name="until"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deputies.deputy",
                        verbose_name="deputy",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stations.venue",
                        verbose_name="venue",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical one of the five roles",
                "verbose_name_plural": "historical five roles",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStandardChecklist",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("code", models.CharField(db_index=True, max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "kinds",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Kinds of venue; none chosen means all",
                        verbose_name="holds for",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical standard",
                "verbose_name_plural": "historical standards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReceptionPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.TimeField(verbose_name="from")),
                ("ends_at", models.TimeField(verbose_name="until")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("ON_SITE", "On site"),
                            ("ONLINE", "Online"),
                            ("JOINT", "Joint, with government departments present"),
                        ],
                        default="ON_SITE",
                        max_length=8,
                        verbose_name="form",
                    ),
                ),
                ("theme", models.CharField(blank=True, max_length=60, verbose_name="theme")),
                (
                    "room",
                    models.CharField(
                        blank=True,
                        help_text="Where in the venue, for example 一楼接待室",
                        max_length=60,
                        verbose_name="room",
                    ),
                ),
                ("online_url", models.URLField(blank=True, verbose_name="address of the online meeting")),
                (
                    "partners",
                    models.CharField(
                        blank=True,
                        help_text="For joint receptions",
                        max_length=200,
                        verbose_name="departments present",
                    ),
                ),
                (
                    "slot_minutes",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="minutes per visit",
                    ),
                ),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(50),
                        ],
                        verbose_name="visits at the same time",
                    ),
                ),
                (
                    "recurrence",
                    models.CharField(
                        choices=[
                            ("MONTHLY", "Every month on a date"),
                            ("ODD_MONTHS", "In odd months on a date"),
                            ("NTH_WEEKDAY", "Every month on the n-th weekday"),
                            ("WEEKLY", "Every week"),
                        ],
                        max_length=12,
                        verbose_name="comes round",
                    ),
                ),
                (
                    "day_of_month",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="31 means the last day in shorter months",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(31),
                        ],
                        verbose_name="day of the month",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        null=True,
                        verbose_name="weekday",
                    ),
                ),
                (
                    "nth",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 to 4; 5 means the last",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="n-th in the month",
                    ),
                ),
                (
                    "holiday_policy",
                    models.CharField(
                        choices=[
                            ("POSTPONE", "Postpone to the next working day"),
                            ("BRING_FORWARD", "Bring forward to the working day before"),
                            ("CANCEL", "Leave out"),
                            ("ASK", "Ask each time"),
                        ],
                        default="POSTPONE",
                        max_length=14,
                        verbose_name="on days off",
                    ),
                ),
                (
                    "deputies_per_day",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="deputies per day",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="The first day without", null=True, verbose_name="until"
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, editable=False, verbose_name="demo")),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reception_plans",
                        to="stations.venue",
                        verbose_name="venue",
                    ),
                ),
            ],
            options={
                "verbose_name": "reception plan",
                "verbose_name_plural": "reception plans",
                "ordering": ["venue", "pk"],
                "indexes": [],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="plan_hours_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="plan_period_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceptionSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.TimeField(verbose_name="from")),
                ("ends_at", models.TimeField(verbose_name="until")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("ON_SITE", "On site"),
                            ("ONLINE", "Online"),
                            ("JOINT", "Joint, with government departments present"),
                        ],
                        default="ON_SITE",
                        max_length=8,
                        verbose_name="form",
                    ),
                ),
                ("theme", models.CharField(blank=True, max_length=60, verbose_name="theme")),
                (
                    "room",
                    models.CharField(
                        blank=True,
                        help_text="Where in the venue, for example 一楼接待室",
                        max_length=60,
                        verbose_name="room",
                    ),
                ),
                ("online_url", models.URLField(blank=True, verbose_name="address of the online meeting")),
                (
                    "partners",
                    models.CharField(
                        blank=True,
                        help_text="For joint receptions",
                        max_length=200,
                        verbose_name="departments present",
                    ),
                ),
                (
                    "slot_minutes",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="minutes per visit",
                    ),
                ),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(50),
                        ],
                        verbose_name="visits at the same time",
                    ),
                ),
                ("planned_on", models.DateField(verbose_name="planned for")),
                ("day", models.DateField(db_index=True, verbose_name="date")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "Proposed"),
                            ("ANNOUNCED", "Announced"),
                            ("HELD", "Held"),
                            ("CANCELLED", "Cancelled"),
                        ],
                        default="PROPOSED",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "asks",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="falls on a day off: please decide"
                    ),
                ),
                (
                    "announced_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="notice published"),
                ),
                (
                    "late_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for the late notice"),
                ),
                (
                    "change_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for the change"),
                ),
                (
                    "visitors",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(9999)],
                        verbose_name="people received",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=3000, verbose_name="record")),
                ("held_at", models.DateTimeField(editable=False, null=True, verbose_name="recorded")),
                ("is_demo", models.BooleanField(default=False, editable=False, verbose_name="demo")),
                (
                    "held_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="stations.receptionplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reception_sessions",
                        to="stations.venue",
                        verbose_name="venue",
                    ),
                ),
            ],
            options={
                "verbose_name": "reception day",
                "verbose_name_plural": "reception days",
                "ordering": ["day", "starts_at", "venue"],
                "indexes": [
                    models.Index(fields=["venue", "status", "day"], name="stations_re_venue_i_7c13da_idx"),
                    models.Index(fields=["status", "day"], name="stations_re_status_e6387f_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "planned_on"), name="one_session_per_planned_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="session_hours_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["PROPOSED", "ANNOUNCED", "HELD", "CANCELLED"])),
                        name="session_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "PROPOSED"),
                            ("status", "CANCELLED"),
                            ("announced_at__isnull", False),
                            _connector="OR",
                        ),
                        name="an_announced_session_has_its_notice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceptionDuty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PLANNED", "Planned"),
                            ("LEAVE", "On leave"),
                            ("ATTENDED", "Attended"),
                            ("ABSENT", "Absent"),
                        ],
                        default="PLANNED",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reception_duties",
                        to="deputies.deputy",
                        verbose_name="deputy",
                    ),
                ),
                (
                    "stands_in_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitutes",
                        to="stations.receptionduty",
                        verbose_name="stands in for",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="stations.receptionsession",
                    ),
                ),
            ],
            options={
                "verbose_name": "reception duty",
                "verbose_name_plural": "reception duties",
                "ordering": ["session", "pk"],
                "indexes": [],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "deputy"), name="one_duty_per_deputy_and_session"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["PLANNED", "LEAVE", "ATTENDED", "ABSENT"])),
                        name="duty_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceptionSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="Calendar days between the notice and the day; a later notice needs a reason",
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="days of notice",
                    ),
                ),
                (
                    "ahead_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(400),
                        ],
                        verbose_name="days planned ahead",
                    ),
                ),
                (
                    "yearly_minimum",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="Shown beside those who are below",
                        verbose_name="reception days per deputy and year",
                    ),
                ),
                (
                    "booking_keep_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        help_text="Counted from the reception day; residents read this before they book",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1100),
                        ],
                        verbose_name="days names and phones of bookings are kept",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules for reception days",
                "verbose_name_plural": "rules for reception days",
                "indexes": [],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_row_of_reception_rules")
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleDuty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("POLICY", "Publicist of policy and law"),
                            ("OPINION", "Liaison for public opinion"),
                            ("LIVELIHOOD", "Supervisor of livelihood projects"),
                            ("MEDIATOR", "Mediator between neighbours"),
                            ("GUARDIAN", "Guardian of the neighbourhood"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="The first day out of service", null=True, verbose_name="until"
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_duties",
                        to="deputies.deputy",
                        verbose_name="deputy",
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_duties",
                        to="stations.venue",
                        verbose_name="venue",
                    ),
                ),
            ],
            options={
                "verbose_name": "one of the five roles",
                "verbose_name_plural": "five roles",
                "ordering": ["venue", "role", "deputy"],
                "indexes": [],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("deputy", "venue", "role"),
                        name="one_open_role_per_venue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="role_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["POLICY", "OPINION", "LIVELIHOOD", "MEDIATOR", "GUARDIAN"])
                        ),
                        name="five_role_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotaPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(verbose_name="turn")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rota_places",
                        to="deputies.deputy",
                        verbose_name="deputy",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rota",
                        to="stations.receptionplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "turn",
                "verbose_name_plural": "rota",
                "ordering": ["plan", "place", "pk"],
                "indexes": [],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "deputy"), name="one_turn_per_deputy")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScanCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="scans")),
                (
                    "deputy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="deputies.deputy",
                        verbose_name="deputy",
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="stations.venue",
                        verbose_name="venue",
                    ),
                ),
            ],
            options={
                "verbose_name": "scans of a day",
                "verbose_name_plural": "scans by day",
                "ordering": ["-day", "pk"],
                "indexes": [],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "venue"), name="one_count_per_venue_and_day"),
                    models.UniqueConstraint(fields=("day", "deputy"), name="one_count_per_deputy_and_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deputy__isnull", False), ("venue", None)),
                            models.Q(("deputy", None), ("venue__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_scan_is_of_a_venue_or_a_deputy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
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
                ("text", models.CharField(blank=True, max_length=300, verbose_name="words")),
                ("made_at", models.DateTimeField(verbose_name="time")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="stations.receptionsession",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a reception day",
                "verbose_name_plural": "changes of reception days",
                "ordering": ["pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slot", models.TimeField(verbose_name="time")),
                ("code_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("name", congress_portal.common.fields.EncryptedTextField(blank=True, verbose_name="name")),
                ("phone", congress_portal.common.fields.EncryptedTextField(blank=True, verbose_name="phone")),
                ("phone_index", models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ("topic", models.CharField(blank=True, max_length=60, verbose_name="about")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("BOOKED", "Booked"),
                            ("CANCELLED", "Cancelled"),
                            ("ARRIVED", "Came"),
                            ("MISSED", "Did not come"),
                        ],
                        default="BOOKED",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("booked_at", models.DateTimeField(verbose_name="booked")),
                ("cancelled_at", models.DateTimeField(null=True, verbose_name="cancelled")),
                ("arrived_at", models.DateTimeField(null=True, verbose_name="came")),
                ("told_at", models.DateTimeField(null=True, verbose_name="told")),
                ("forgotten_at", models.DateTimeField(editable=False, null=True)),
                ("is_demo", models.BooleanField(default=False, editable=False, verbose_name="demo")),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="stations.receptionsession",
                    ),
                ),
                (
                    "told_change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="stations.sessionchange",
                    ),
                ),
            ],
            options={
                "verbose_name": "booking",
                "verbose_name_plural": "bookings",
                "ordering": ["session", "slot", "pk"],
                "indexes": [],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status", "BOOKED"), models.Q(("phone_index", ""), _negated=True)
                        ),
                        fields=("session", "phone_index"),
                        name="one_open_booking_per_phone_and_session",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["BOOKED", "CANCELLED", "ARRIVED", "MISSED"])),
                        name="booking_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BookingReveal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("revealed_at", models.DateTimeField(verbose_name="time")),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reveals",
                        to="stations.booking",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "look at a booking",
                "verbose_name_plural": "looks at bookings",
                "ordering": ["-pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="StandardChecklist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "kinds",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Kinds of venue; none chosen means all",
                        verbose_name="holds for",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "standard",
                "verbose_name_plural": "standards",
                "ordering": ["order", "code"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalInspection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("inspected_on", models.DateField(verbose_name="inspected on")),
                ("inspector", models.CharField(max_length=40, verbose_name="inspector")),
                (
                    "met",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="requirements met"
                    ),
                ),
                (
                    "total",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="requirements"),
                ),
                (
                    "score",
                    models.DecimalField(
                        decimal_places=1, default=0, editable=False, max_digits=4, verbose_name="score"
                    ),
                ),
                (
                    "stars",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 to 5, or empty",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(5)],
                        verbose_name="stars",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stations.venue",
                        verbose_name="venue",
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stations.standardchecklist",
                        verbose_name="standard",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical inspection",
                "verbose_name_plural": "historical inspections",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStandardItem",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("text", models.CharField(max_length=120, verbose_name="requirement")),
                (
                    "points",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="points",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stations.standardchecklist",
                        verbose_name="standard",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical requirement",
                "verbose_name_plural": "historical requirements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("inspected_on", models.DateField(verbose_name="inspected on")),
                ("inspector", models.CharField(max_length=40, verbose_name="inspector")),
                (
                    "met",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="requirements met"
                    ),
                ),
                (
                    "total",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="requirements"),
                ),
                (
                    "score",
                    models.DecimalField(
                        decimal_places=1, default=0, editable=False, max_digits=4, verbose_name="score"
                    ),
                ),
                (
                    "stars",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 to 5, or empty",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(5)],
                        verbose_name="stars",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="stations.venue",
                        verbose_name="venue",
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="stations.standardchecklist",
                        verbose_name="standard",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspection",
                "verbose_name_plural": "inspections",
                "ordering": ["-inspected_on", "-pk"],
                "indexes": [],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("venue", "checklist", "inspected_on"),
                        name="one_inspection_per_standard_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stars", None), ("stars__lte", 5), _connector="OR"),
                        name="stars_up_to_five",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=120, verbose_name="requirement")),
                (
                    "points",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="points",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="stations.standardchecklist",
                        verbose_name="standard",
                    ),
                ),
            ],
            options={
                "verbose_name": "requirement",
                "verbose_name_plural": "requirements",
                "ordering": ["checklist", "order", "pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="InspectionMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                ("is_met", models.BooleanField(default=False, verbose_name="met")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("photo", models.CharField(blank=True, editable=False, max_length=100, verbose_name="photo")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="stations.inspection",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="stations.standarditem",
                        verbose_name="requirement",
                    ),
                ),
            ],
            options={
                "verbose_name": "requirement inspected",
                "verbose_name_plural": "requirements inspected",
                "ordering": ["item__order", "pk"],
                "indexes": [],
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "item"), name="one_mark_per_requirement")
                ],
            },
        ),
        migrations.CreateModel(
            name="VenueChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("SUSPENDED", "Suspended"),
                            ("RESUMED", "Resumed"),
                            ("MERGED", "Merged into another"),
                            ("CLOSED", "Closed"),
                        ],
                        max_length=10,
                        verbose_name="change",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="effective on")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("made_at", models.DateTimeField(verbose_name="time")),
                ("moved", models.JSONField(default=dict, verbose_name="taken over")),
                (
                    "heir",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stations.venue",
                        verbose_name="taken over by",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="stations.venue",
                        verbose_name="venue",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a venue",
                "verbose_name_plural": "changes of venues",
                "ordering": ["-pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalInspectionMark",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                ("is_met", models.BooleanField(default=False, verbose_name="met")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("photo", models.CharField(blank=True, editable=False, max_length=100, verbose_name="photo")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stations.inspection",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stations.standarditem",
                        verbose_name="requirement",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical requirement inspected",
                "verbose_name_plural": "historical requirements inspected",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
