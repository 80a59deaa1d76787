"""A list as a file: its columns, its rows as the reader may take them along, and a line in the log.

What is hidden from all but the secrecy officer never leaves, whoever asks; nor does a telephone number
(`common.lists.in_sheet`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.lists import Column, in_sheet
from congress_portal.common.masking import mask_text
from congress_portal.common.sheets.writing import stream
from suggestions.enums import Restriction
from suggestions.models import ExportLog, Suggestion

MOST_ROWS = 10_000
# Rows read at a time, with whatever hangs on them.
CHUNK = 2_000


class TooMany(Exception):
    """More rows than one file takes."""


def export(
    user: User,
    *,
    rows: QuerySet[Any] | Sequence[Any],
    prepare: Callable[[list[Any]], None] | None = None,
    columns: Sequence[Column],
    what: str,
    conditions: str = "",
    query: str = "",
) -> IO[bytes]:
    """An open xlsx file of the rows, read from its beginning; it is written down who took it. TooMany.

    `prepare` reads what the columns need of many rows at once. `what` names the list, `conditions` and
    `query` say what it was narrowed to, in words and as an address.
    """
    found = _parts(_counted(rows), prepare)
    heads = [str(column.label) for column in columns]
    file = TemporaryFile()  # noqa: SIM115  closed by the response that sends it
    try:
        count = stream(file, heads, (in_sheet(columns, row) for row in found), foot=_foot(user))
        ExportLog.objects.create(
            exported_at=clock.now(), by=user, what=what[:80], conditions=mask_text(conditions)[:300],
            query=mask_text(query)[:500], rows=count,
        )  # fmt: skip
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def without_hidden(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Without cases only the secrecy officer sees, and without what belongs to them."""
    path = _way_to_case(rows.model)
    return rows if path is None else rows.exclude(**{f"{path}restricted": Restriction.ALL})


def _counted(rows: QuerySet[Any] | Sequence[Any]) -> Iterable[Any]:
    if not isinstance(rows, QuerySet):
        if len(rows) > MOST_ROWS:
            raise TooMany
        return rows
    rows = without_hidden(rows)
    if rows.order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
        raise TooMany
    return rows[:MOST_ROWS].iterator(chunk_size=CHUNK)


def _parts(rows: Iterable[Any], prepare: Callable[[list[Any]], None] | None) -> Iterator[Any]:
    found = iter(rows)
    while part := list(islice(found, CHUNK)):
        if prepare:
            prepare(part)
        yield from part


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


def _foot(user: User) -> str:
    time = clock.now().astimezone(clock.SHANGHAI)
    return _("Exported by %(person)s on %(time)s. For work only.") % {
        "person": user,
        "time": f"{time:%Y-%m-%d %H:%M}",
    }
