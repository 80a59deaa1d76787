"""What only the secrecy officer sees is in no file (`congress_portal.exports.hiding`)."""

from typing import Any

from django.db.models import Model, QuerySet

from suggestions.enums import Restriction
from suggestions.models import Suggestion


def without_hidden(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Without cases only the secrecy officer sees, and without what belongs to them."""
    path = _way_to_case(rows.model)
    return rows if path is None else rows.exclude(**{f"{path}restricted": Restriction.ALL})


def _way_to_case(model: type[Model], deeper: int = 2) -> str | None:
    """How a row leads to its case, as the beginning of a look-up: "", "suggestion__"; None: it has none."""
    if model is Suggestion:
        return ""
    fields = model._meta.concrete_fields  # noqa: SLF001  Django documents it
    links = [field for field in fields if field.is_relation and field.related_model]
    for field in links:
        if field.related_model is Suggestion:
            return f"{field.name}__"
    for field in links if deeper else ():
        way = _way_to_case(field.related_model, deeper - 1)  # type: ignore[arg-type]
        if way is not None:
            return f"{field.name}__{way}"
    return None
