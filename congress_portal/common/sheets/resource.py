"""A whole table against the database: every row is checked first, then all are written together or none."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from import_export import resources
from import_export.fields import Field
from import_export.results import RowResult
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from .cells import KEEP, TextCell
from .outcome import Change, Problems, SheetResult, SheetRow
from .reading import ROW, SheetError

BATCH = 500


class Column(Field):
    """One column. `required`: header and every cell must be there; `needed`: the header must.

    `fixed` columns say which row is meant, or are only checked; they are never written to a stored row.
    """

    def __init__(
        self,
        header: str,
        attribute: str,
        widget: TextCell | None = None,
        *,
        hint: str | Promise = "",
        required: bool = False,
        needed: bool = False,
        fixed: bool = False,
        also: tuple[str, ...] = (),
    ) -> None:
        super().__init__(attribute=attribute, column_name=header, widget=widget or TextCell(), readonly=fixed)
        self.hint = hint
        self.required = required
        self.needed = needed or required
        self.also = also


class SheetResource(resources.ModelResource):
    """Subclasses list their columns and say in `find` which row of the database a line is about.

    Rows are written in bulk with their history; `one_by_one` calls save() for models that lean on it.
    """

    # Models a line may touch, in the order they have to be written.
    parts: tuple[type[models.Model], ...] = ()
    one_by_one = False

    class Meta:
        fields = ()
        # The package then makes no savepoint per row; we write everything at the end.
        use_bulk = True
        report_skipped = False

    @classmethod
    def get_result_class(cls) -> type[SheetResult]:
        return SheetResult

    # What subclasses fill in

    def load(self, dataset: tablib.Dataset) -> None:
        """Read once what lines are compared with, so that a line costs no query."""

    def find(self, values: dict[str, Any], problems: Problems) -> models.Model | None:
        """The stored or fresh row a line is about; None when `problems` say why there is none."""
        raise NotImplementedError

    def check(self, instance: Any, values: dict[str, Any], problems: Problems) -> None:
        """What the models don't check by themselves, said with what to do about it."""

    def check_together(self) -> Iterator[tuple[int, str, str]]:
        """(row number, column, problem) for what only shows when all lines are known."""
        yield from ()

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """All columns by name, in the order in which they are written."""
        return {name: cls.fields[name] for name in cls._meta.fields}

    def describe(self, instance: Any) -> str:
        return str(instance)

    def earlier_line(self, what: Any) -> int | None:
        """The row that was about the same thing, if there was one. `what`: a key for the thing."""
        line = self.lines.setdefault(what, self.row_number)
        return None if line == self.row_number else line

    # The package's hooks

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        self.expected = kwargs.get("expected")
        self.digest = sha256()
        self.row_number = 0
        self.fresh: dict[type, dict[int, Any]] = {}
        self.changed: dict[type, dict[int, Any]] = {}
        self.changed_fields: dict[type, set[str]] = {}
        self.lines: dict[Any, int] = {}
        try:
            self.given = self._given_columns(dataset)
            self.load(dataset)
        except SheetError:
            dataset.wipe()
            raise

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> SheetRow:
        self.row_number = row.get(ROW) or kwargs["row_number"] + 1
        outcome = SheetRow(self.row_number)
        problems = Problems({name: column.column_name for name, column in self.fields.items()})
        values = self._values(row, problems)
        instance = self.find(values, problems)
        if instance is not None:
            is_new = instance.pk is None
            changes, touched = self._assign(instance, values)
            self.check(instance, values, problems)
            self._check_models(instance, touched, problems)
        if instance is None or problems:
            outcome.import_type = RowResult.IMPORT_TYPE_INVALID
            outcome.validation_error = ValidationError(problems.by_header)
            return outcome
        outcome.import_type = _kind(is_new, touched)
        outcome.label = self.describe(instance)
        outcome.changes = changes
        self.digest.update(repr((self.row_number, outcome.import_type, outcome.label, changes)).encode())
        return outcome

    def after_import(self, dataset: tablib.Dataset, result: SheetResult, **kwargs: Any) -> None:
        for number, name, problem in self.check_together():
            error = ValidationError({self.fields[name].column_name: problem})
            result.append_invalid_row(number, {ROW: number}, error)
        result.fingerprint = self.digest.hexdigest()
        if result.has_errors() or result.has_validation_errors():
            return
        if self.expected and self.expected != result.fingerprint:
            raise SheetError(
                _("Somebody has changed the roster since you checked the file. Please check it again.")
            )
        try:
            self.write(**kwargs)
        except IntegrityError as error:
            raise SheetError(
                _("These rows do not fit together with what is stored. Nothing was taken over.")
            ) from error

    def write(self, *, user: Any = None, file_name: str = "", **kwargs: Any) -> None:
        """Write all rows that are new or differ, each with its line of history."""
        said = {"default_user": user, "default_change_reason": file_name[:100], "batch_size": BATCH}
        for model in self.parts:
            if self.one_by_one:
                for row in self.to_write(model):
                    # The names by which simple_history takes them.
                    row._history_user, row._change_reason = user, file_name[:100]  # noqa: SLF001
                    self.save_row(row)
                continue
            # What ends must be over before what follows it begins.
            if changed := list(self.changed.get(model, {}).values()):
                bulk_update_with_history(changed, model, sorted(self.changed_fields[model]), **said)
            if fresh := list(self.fresh.get(model, {}).values()):
                bulk_create_with_history(fresh, model, **said)

    def to_write(self, model: type[models.Model]) -> list[Any]:
        """New and changed rows, in the order in which they can be saved."""
        return [*self.changed.get(model, {}).values(), *self.fresh.get(model, {}).values()]

    def save_row(self, row: Any) -> None:
        row.save()

    def handle_import_error(self, result: Any, error: Exception, raise_errors: bool = False) -> None:
        if not isinstance(error, SheetError):
            # Not the file's fault: the usual page and log for a fault of ours.
            raise error
        super().handle_import_error(result, error, raise_errors)

    # One line

    def _given_columns(self, dataset: tablib.Dataset) -> dict[str, Column]:
        """The columns of this file by name. SheetError naming every header that is missing or unknown."""
        known = {
            _plain(header): column.column_name
            for column in self.columns().values()
            for header in (column.column_name, *column.also)
        }
        headers = [known.get(_plain(header), str(header or "")) for header in dataset.headers or []]
        there = [header for header in headers if header != ROW]
        missing = [c.column_name for c in self.columns().values() if c.needed and c.column_name not in there]
        unknown = [header or _("(empty)") for header in there if header not in known.values()]
        twice = sorted({header for header in there if there.count(header) > 1} - set(unknown))
        complaints = [
            text % {"headers": "、".join(found)}
            for text, found in (
                (_("Missing columns: %(headers)s."), missing),
                (_("Unknown columns: %(headers)s. Delete or rename them."), unknown),
                (_("Columns that stand there twice: %(headers)s."), twice),
            )
            if found
        ]
        if complaints:
            advice = _("The first row holds the headers; the empty table to download shows all of them.")
            raise SheetError(" ".join([*complaints, advice]))
        dataset.headers = headers
        return {name: column for name, column in self.columns().items() if column.column_name in there}

    def _values(self, row: Any, problems: Problems) -> dict[str, Any]:
        values = {}
        for name, column in self.given.items():
            try:
                value = column.widget.clean(row[column.column_name])
            except ValueError as error:
                problems.add(name, str(error))
                continue
            if column.required and (value in ("", None) or value is KEEP):
                problems.add(name, f"{_('This cell is empty.')} {column.hint}".strip())
            elif value is not KEEP:
                values[name] = value
        return values

    def _assign(self, instance: Any, values: dict[str, Any]) -> tuple[list[Change], list[Any]]:
        """Put the line's values into the row; what changed, and the objects that must be written."""
        changes, touched = [], {}
        for part in self._parts_of(instance):
            if part.pk is None:
                self.fresh.setdefault(type(part), {})[id(part)] = part
                touched[id(part)] = part
        for name, column in self.given.items():
            if name not in values or column.readonly:
                continue
            path, _sep, attribute = column.attribute.rpartition("__")
            part = getattr(instance, path) if path else instance
            old, new = self.current(part, attribute), values[name]
            if old == new:
                continue
            self.put(part, attribute, new)
            changes.append(Change(column.column_name, _shown(column, old), _shown(column, new)))
            touched[id(part)] = part
            if part.pk is not None:
                self.changed.setdefault(type(part), {})[part.pk] = part
                self.changed_fields.setdefault(type(part), set()).add(attribute)
        return changes, list(touched.values())

    def _parts_of(self, instance: Any) -> list[Any]:
        paths = dict.fromkeys(column.attribute.rpartition("__")[0] for column in self.fields.values())
        owners = [getattr(instance, path) if path else instance for path in paths]
        return [owner for owner in owners if type(owner) in self.parts]

    def current(self, part: Any, attribute: str) -> Any:
        return getattr(part, attribute)

    def put(self, part: Any, attribute: str, value: Any) -> None:
        setattr(part, attribute, value)

    def _check_models(self, instance: Any, touched: list[Any], problems: Problems) -> None:
        """The models' own checks, without those that ask the database."""
        for part in touched:
            names = {
                column.attribute.rpartition("__")[2]: name
                for name, column in self.fields.items()
                if _owner(instance, column) is part
            }
            fields = part._meta.fields  # noqa: SLF001  Django documents it
            relations = [field.name for field in fields if field.is_relation]
            for method in (lambda part=part, skip=relations: part.clean_fields(exclude=skip), part.clean):
                try:
                    method()
                except ValidationError as error:
                    for field, messages in error.update_error_dict({}).items():
                        problems.add_first(names.get(field, ""), ValidationError(messages).messages)


def _plain(header: Any) -> str:
    """A header as people decorate it: spaces, line breaks, a star for required."""
    return "".join(str(header or "").split()).strip("*＊").lower()


def _shown(column: Column, value: Any) -> str:
    return str(column.widget.render(value) or "")


def _owner(instance: Any, column: Column) -> Any:
    path = column.attribute.rpartition("__")[0]
    return getattr(instance, path) if path else instance


def _kind(is_new: bool, touched: list[Any]) -> str:
    if is_new:
        return RowResult.IMPORT_TYPE_NEW
    return RowResult.IMPORT_TYPE_UPDATE if touched else RowResult.IMPORT_TYPE_SKIP
