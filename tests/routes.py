"""Every address of the site with values that lead somewhere, and everybody who may knock at it."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from PIL import Image

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.models import CalendarDay
from congress_portal.exports.models import ExportLog
from congress_portal.notices.models import Notice, NoticeSetting
from deputies import portraits
from deputies.models import DeputyGroup, OrderSetting, RareCharacter
from stations.models import (
    ReceptionDuty,
    ReceptionPlan,
    ReceptionSession,
    ReceptionSetting,
    RoleDuty,
    SessionStatus,
    StandardChecklist,
    VenueChange,
)
from stations.services import booking, scans
from suggestions import contacts
from suggestions.models import (
    Category,
    ClockRule,
    DeclineReason,
    EmergencyWord,
    OfficeSetting,
    Photo,
    Recalculation,
    ReminderRule,
    ReplyClass,
    ReplyTemplate,
    StagedPhoto,
    SupervisingBody,
    TransferBody,
)
from suggestions.term_change.drafting import set_up
from tests.conftest import Journey, act, as_actor, restore, suspend
from tests.standards.inspections import inspect

# Somebody of each role, and somebody of the same role elsewhere.
VISITORS = (
    "nobody", "resident", "stranger", "liaison", "other_liaison", "deputy", "other_deputy", "convener",
    "officer", "other_officer", "unitlead", "clerk", "reviewer", "head", "admin", "committee",
    "other_committee", "coordinator", "secrecy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Route:
    """`name` is the address as it stands in urls.py, with the name of the view in front where it has one."""

    pattern: str
    name: str
    callback: Any

    @property
    def audience(self) -> str:
        """Who it is for: what the view says, or which foreign part of the site it belongs to."""
        declared = getattr(self.callback, "audience", None)
        if declared:
            return declared
        first = self.pattern.split("/")[0]
        return {"admin": "admin", "accounts": "allauth"}.get(first, "language" if first == "i18n" else "")

    @property
    def label(self) -> str:
        return self.name if self.name and not self.name.endswith(":") else self.pattern


def routes() -> list[Route]:
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(pattern, ":".join([*spaces, entry.name or ""]), entry.callback)
        else:
            yield from _walk(entry, pattern, (*spaces, *filter(None, [entry.namespace])))


class World:
    """A case in hand, a published one, and a row of everything the admin keeps."""

    def __init__(self, cast: SimpleNamespace) -> None:
        self.cast = cast
        journey = Journey(cast)
        self.case = journey.handling(may_publish=True)
        self.published = journey.closed(may_publish=True)
        act("prepare_publication", self.published, cast.clerk, title="停车", summary="增设车位。")
        act("publish", self.published, cast.reviewer)
        picture = io.BytesIO()
        Image.new("RGB", (8, 8)).save(picture, "JPEG")
        file = ContentFile(picture.getvalue(), "p.jpg")
        portraits.keep(cast.deputy_row, dict.fromkeys(portraits.SIZES.values(), picture.getvalue()))
        cast.deputy_row.save()
        self.photo = Photo.objects.create(suggestion=self.case, file=file, added_at=clock.now())
        self.staged = StagedPhoto.objects.create(
            token="t", file=file, sha256="0" * 64, created_at=clock.now()
        )
        contacts.reveal(self.case, actor=as_actor(cast.clerk), reason="核实地址")
        RareCharacter.objects.create(character="㛃", strokes=9)
        self._receive()
        DeputyGroup.objects.create(name="经济代表小组")
        # Long over, so that everybody is in office.
        suspend(cast.deputy_row.mandates.get(), date(2020, 2, 1))
        self.change = restore(cast.deputy_row.mandates.get(), date(2020, 3, 1))
        self.mark = inspect(cast.station, photo=True).marks.exclude(photo="").get()
        RoleDuty.objects.create(
            deputy=cast.deputy_row, venue=cast.station, role="POLICY", starts_on=date(2020, 1, 1)
        )
        scans.count(cast.station)
        VenueChange.objects.create(
            venue=cast.station,
            kind="RESUMED",
            effective_on=date(2020, 1, 1),
            reason="维修结束",
            made_at=clock.now(),
        )
        self.term = set_up(
            None, old=cast.congress, ordinal=20, switch_on=clock.today() + timedelta(days=9), user=cast.clerk2
        )
        self.elected = self.term.rows.create(line=2, name="新示例", electoral_district="第1选区")
        OfficeSetting.objects.create()
        Recalculation.objects.create(ran_at=clock.now(), years="2027", looked_at=0, moved=0, kept=0)
        for model in (
            Category, ClockRule, DeclineReason, TransferBody, OrderSetting, StandardChecklist, ReplyClass,
            ReplyTemplate, EmergencyWord, ReminderRule, SupervisingBody,
        ):  # fmt: skip
            # Rows of the catalogues get a history with the first change.
            model.objects.order_by("pk").first().save()
        CalendarDay.objects.create(day="2027-10-01", kind="HOLIDAY", name="国庆节")
        ExportLog.objects.create(exported_at=clock.now(), by=cast.clerk, what="群众意见", rows=1)
        self._tell()

    def _tell(self) -> None:
        """A letter that was not delivered, and a notice in the resident's inbox."""
        shared = {
            "kind": "gone",
            "to": self.cast.resident,
            "written_at": clock.now(),
            "posted_at": clock.now(),
        }
        # What the world told so far is not this page's business; pages of one row take the first.
        Notice.objects.all().delete()
        Notice.objects.create(token="a", channel="EMAIL", status="FAILED", **shared)
        self.notice = Notice.objects.create(token="b", channel="INBOX", status="SENT", path="/", **shared)
        NoticeSetting.objects.create()

    def _receive(self) -> None:
        """A reception day at the station, two days from now, with a visit booked."""
        on = clock.today() + timedelta(days=2)
        self.reception = ReceptionSession.objects.create(
            venue=self.cast.station, day=on, planned_on=on, starts_at=time(9), ends_at=time(11),
            status=SessionStatus.ANNOUNCED, announced_at=clock.now(),
        )  # fmt: skip
        ReceptionDuty.objects.create(session=self.reception, deputy=self.cast.deputy_row)
        ReceptionPlan.objects.create(
            venue=self.cast.station, recurrence="MONTHLY", day_of_month=15, starts_at=time(14),
            ends_at=time(16), starts_on=on,
        )  # fmt: skip
        ReceptionSetting.objects.create()
        self.booking = booking.book(
            self.reception, slot=time(9), name="李测试", phone="13900000001", token="a form"
        )

    def path(self, route: Route) -> str:
        """The address with values of this world."""
        values = self._values(route)
        path = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: str(values[found[1]]), route.pattern)
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), path)
        for value in values.get("places", ()):
            path = path.replace("([^/]+)", str(value), 1)
        return "/" + path.replace("^", "").replace("$", "").replace("\\.", ".")

    def _values(self, route: Route) -> dict[str, Any]:
        found: dict[str, Any] = {
            "number": self.case.number, "pk": self.case.pk, "action": "comment",
            "code": self.cast.station.code, "app_label": "suggestions", "url": "nowhere/",
            "key": "x-y", "uidb36": "1", "content_type_id": 1, "object_id": 1, "id": self.cast.resident.pk,
            "width": portraits.SIZES["s"],
        }  # fmt: skip
        if "reception" in route.pattern:
            found |= self._of_reception(route.pattern)
        if "deput" in route.pattern and "admin" not in route.pattern:
            found["code"] = self.cast.deputy_row.key
        answered = {"number": self.published.number, "pk": self.published.replies.get().pk}
        found |= {"suggestion_action": {"action": "add_note"}, "suggestion_reply": answered}.get(
            route.name, {}
        )
        if route.pattern.startswith("photos/"):
            found["pk"] = (self.staged if "staged" in route.pattern else self.photo).pk
        own = {
            "inbox_follow": self.notice, "admin:deputies_deputy_portrait": self.cast.deputy_row,
            "admin:stations_inspection_evidence": self.mark,
        }  # fmt: skip
        if route.name in own:
            found["pk"] = own[route.name].pk
        if route.pattern.startswith("admin/deputies/mandate/<int:pk>/"):
            found |= {"pk": self.change.mandate_id, "event": self.change.pk}
        if route.pattern.startswith("admin/stations/venue/<int:pk>/"):
            found["pk"] = self.cast.station.pk
        if route.pattern.startswith("admin/deputies/termchange/"):
            found |= {"pk": self.term.pk, "row": self.elected.pk}
        if "assignment" in route.pattern or "desk/row" in route.pattern:
            found |= {"pk": self.case.assignments.get().pk, "action": "sign"}
        if "/paper/" in route.pattern:
            found |= {"kind": "assignment", "pk": self.case.assignments.get().pk}
        row = self._admin_row(route.pattern)
        if row is not None:
            history = getattr(row, "history", None)
            found |= {"object_id": row.pk, "places": (row.pk, history.first().pk if history else 1)}
        return found

    def _of_reception(self, pattern: str) -> dict[str, Any]:
        if "/turns/" in pattern:
            return {"pk": self.reception.duties.get().pk, "step": "leave"}
        row = self.booking if "reception/booking" in pattern else self.reception
        return {"pk": row.pk, "step": "move"}

    def _admin_row(self, pattern: str) -> models.Model | None:
        from django.apps import apps

        parts = pattern.split("/")
        if parts[0] != "admin" or len(parts) < 4:
            return None
        try:
            model = apps.get_model(parts[1], parts[2])
        except LookupError:
            return None
        return model._default_manager.order_by("pk").first()


class Visitor:
    """Somebody with a browser; every visit is a fresh one in the same session."""

    def __init__(self, cast: SimpleNamespace, name: str) -> None:
        first = Client()
        if name != "nobody":
            user: User = getattr(cast, name)
            first.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        self.cookies = {key: morsel.value for key, morsel in first.cookies.items()}

    def visit(self, path: str, *, post: bool = False) -> HttpResponse:
        client = Client()
        client.cookies.load(self.cookies)
        return client.post(path) if post else client.get(path)
