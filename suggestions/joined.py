"""How many people raised one matter: the author of the lead case and those whose cases were joined to it."""

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from .enums import State
from .models import Suggestion

# A second paper of the same person is no second voice; who withdrew no longer raises it.
VOICES = Q(is_repeat=False) & ~Q(state=State.WITHDRAWN)


def with_joined(cases: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """`cases` with `joined`: how many other people's cases were joined to each."""
    children = Suggestion.objects.filter(VOICES, merged_into=OuterRef("pk")).order_by()
    counted = children.values("merged_into").annotate(count=Count("pk")).values("count")
    return cases.annotate(joined=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def people(case: Suggestion) -> int:
    """How many raised it. An author who left it to the others no longer counts."""
    joined = getattr(case, "joined", None)
    if joined is None:
        joined = case.merged.filter(VOICES).count()
    return int(joined) + (0 if case.has_left else 1)
