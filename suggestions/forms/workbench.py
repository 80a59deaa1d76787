"""The forms beside one case of a queue, sent as one: only those the pressed button needs are judged."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from deputies.readings import of_words
from suggestions import intake, workflow
from suggestions.actors import Actor
from suggestions.enums import CaseLevel
from suggestions.errors import DoorError, Stale
from suggestions.models import Category, HandlingUnit, Suggestion
from suggestions.workflow import Move

from . import prefill
from .actions import ActionForm, action_form, run

ACCEPT, ASSIGN, ASK = "accept", "assign", "ask_more"
# What can be done on the page itself; the names of their fields do not meet.
PARTS = (ACCEPT, ASSIGN, ASK)


class MarkedSelect(forms.Select):
    """Options that carry what a script needs: the letters they are found by, what usually goes with them."""

    def __init__(self, marks: Mapping[str, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.marks = marks

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= self.marks.get(str(value), {})
        return option


class Bench:
    """The parts that are offered for the case, or were sent for it before somebody else was faster."""

    def __init__(
        self, case: Suggestion, actor: Actor, moves: Mapping[str, Move], data: Any = None, *,
        judged: Collection[str] = (), asked: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """`data`: what was sent; `asked`: the parameters of an address that begins with a template."""
        self.stale = False
        self.parts: dict[str, ActionForm] = {}
        for action in PARTS:
            move = moves.get(action)
            if move is None and data is not None and f"part-{action}" in data:
                # No longer possible; what was typed is still shown.
                move = next(row for row in workflow.SUGGESTION_MOVES if row.action == action)
            if move is not None:
                start = prefill.initial(move, case, asked) if asked else None
                form = action_form(
                    move, actor=actor, target=case, data=data if action in judged else None, initial=start
                )
                form.takes_words = False
                self.parts[action] = _ready(form, data)

    def errors(self) -> list[tuple[str, str | Promise, str]]:
        """(id of the field or "", its label, what is wrong) of everything that was judged."""
        found: list[tuple[str, str | Promise, str]] = []
        for form in self.parts.values():
            for name, problems in form.errors.items() if form.is_bound else ():
                known = name in form.fields
                place = (form[name].auto_id, form.fields[name].label or "") if known else ("", "")
                found += [(*place, str(problem)) for problem in problems]
        return found

    def accept_and_assign(self) -> Suggestion | None:
        """Both at once; None: not done, the errors are on the parts."""
        accept, assign = self.parts[ACCEPT], self.parts[ASSIGN]
        # Both are looked at, so that all errors are shown at once.
        if not all([accept.is_valid(), assign.is_valid()]):
            return None
        try:
            return intake.accept_and_assign(
                accept.context.case, actor=accept.context.actor, seen_version=accept.seen_version,
                accept=accept.given(), assign=assign.given(),
            )  # fmt: skip
        except ValidationError as error:
            of_accept = {"category", "level", "points", "note"} & error.error_dict.keys()
            (accept if of_accept else assign).add_door_errors(error)
        except Stale as error:
            self.stale = True
            accept.add_error(None, str(error))
        except DoorError as error:
            accept.add_error(None, str(error))
        return None

    def one(self, action: str) -> Suggestion | None:
        """One of the parts alone; None as above."""
        form = self.parts[action]
        done = run(form)
        self.stale = form.stale  # type: ignore[attr-defined]
        return done if isinstance(done, Suggestion) else None


def _ready(form: ActionForm, data: Any) -> ActionForm:
    """With what was typed, judged or not."""
    if data is not None and not form.is_bound:
        typed = {name: field.widget for name, field in form.fields.items() if name != "version"}
        form.initial = {name: widget.value_from_datadict(data, {}, name) for name, widget in typed.items()}
    _make_quick(form)
    return form


def _make_quick(form: ActionForm) -> None:
    """Levels side by side, lists that are found by letters."""
    if "level" in form.fields:
        form.fields["level"].choices = CaseLevel.choices  # type: ignore[attr-defined]
        form.fields["level"].widget = forms.RadioSelect(choices=CaseLevel.choices)
    if "category" in form.fields:
        marks = {
            str(row.pk): {
                "data-keys": _keys(row.name), "data-unit": str(row.usual_unit_id or ""),
                "data-level": row.usual_level,
            }
            for row in Category.objects.filter(is_active=True)
        }  # fmt: skip
        _mark(form, "category", marks)
    if "unit" in form.fields:
        units = HandlingUnit.objects.filter(is_active=True, coordination_only=False)
        _mark(form, "unit", {str(row.pk): {"data-keys": _keys(row.name)} for row in units})


def _mark(form: ActionForm, name: str, marks: Mapping[str, Mapping[str, str]]) -> None:
    field = form.fields[name]
    widget = MarkedSelect(marks, attrs=field.widget.attrs)
    widget.choices = field.choices  # type: ignore[attr-defined]
    field.widget = widget


@lru_cache(maxsize=512)
def _keys(name: str) -> str:
    """ "zjj zhujianju 住建局" """
    return f"{' '.join(of_words(name))} {name}"
