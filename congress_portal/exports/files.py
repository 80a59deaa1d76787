"""A list as a file: its columns, its rows as the reader may take them along, and a line in the log.

What is hidden never leaves, whoever asks (`hiding`); nor does a telephone number (`common.lists.in_sheet`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.lists import Column, in_sheet
from congress_portal.common.masking import mask_text
from congress_portal.common.sheets.writing import stream

from . import hiding
from .models import ExportLog

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
        write_down(user, what=what, conditions=conditions, query=query, rows=count)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def write_down(user: User, *, what: str, rows: int, conditions: str = "", query: str = "") -> None:
    """A line in the log of files, whoever made the file."""
    ExportLog.objects.create(
        exported_at=clock.now(), by=user, what=what[:80], conditions=mask_text(conditions)[:300],
        query=mask_text(query)[:500], rows=rows,
    )  # fmt: skip


def _counted(rows: QuerySet[Any] | Sequence[Any]) -> Iterable[Any]:
    if not isinstance(rows, QuerySet):
        if len(rows) > MOST_ROWS:
            raise TooMany
        return rows
    rows = hiding.that_may_leave(rows)
    if rows.order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
        raise TooMany
    return rows[:MOST_ROWS].iterator(chunk_size=CHUNK)


def _parts(rows: Iterable[Any], prepare: Callable[[list[Any]], None] | None) -> Iterator[Any]:
    found = iter(rows)
    while part := list(islice(found, CHUNK)):
        if prepare:
            prepare(part)
        yield from part


def _foot(user: User) -> str:
    time = clock.now().astimezone(clock.SHANGHAI)
    return _("Exported by %(person)s on %(time)s. For work only.") % {
        "person": user,
        "time": f"{time:%Y-%m-%d %H:%M}",
    }
