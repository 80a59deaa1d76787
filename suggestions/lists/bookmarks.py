"""我的清单: cases somebody marked to find them again. A mark gives no right, and nobody else sees it."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from congress_portal.accounts.models import User
from congress_portal.common import clock
from suggestions.models import Bookmark, Suggestion


@transaction.atomic
def mark(user: User, case: Suggestion, *, note: str | None = None) -> Bookmark:
    """Put a case the user may see on the own list; marked again only the note, if one is given, changes."""
    row, new = Bookmark.objects.get_or_create(
        user=user, suggestion=case, defaults={"note": note or "", "marked_at": clock.now()}
    )
    if not new and note is not None and note != row.note:
        row.note = note
        row.save(update_fields=["note"])
    return row


@transaction.atomic
def unmark(user: User, case: Suggestion) -> None:
    Bookmark.objects.filter(user=user, suggestion=case).delete()


def find(user: User, case: Suggestion) -> Bookmark | None:
    return Bookmark.objects.filter(user=user, suggestion=case).first()


def mine(cases: QuerySet[Suggestion], user: User) -> QuerySet[Suggestion]:
    """Those of `cases` (what the user may see now) that the user has marked."""
    return cases.filter(pk__in=Bookmark.objects.filter(user=user).values("suggestion"))


def with_marks(cases: QuerySet[Suggestion], user: User) -> QuerySet[Suggestion]:
    """With `is_marked`, and `own_note`: what the user wrote beside the mark."""
    own = Bookmark.objects.filter(user=user, suggestion=OuterRef("pk"))
    return cases.annotate(is_marked=Exists(own), own_note=Subquery(own.values("note")[:1]))
