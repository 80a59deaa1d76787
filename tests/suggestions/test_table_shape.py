"""The tables themselves: nothing unreachable, nothing unnamed, nothing that no code stands behind."""

import inspect
from collections.abc import Iterable
from types import ModuleType

import pytest
from django.utils.translation import override

from suggestions import guards, inputs
from suggestions import workflow as w
from suggestions.effects import EFFECTS, MODULES
from suggestions.enums import AssignmentState, ClockKind, State
from suggestions.guards import GUARDS
from suggestions.management.commands.workflow_doc import ROLES

TABLES = {"suggestion": (w.SUGGESTION_MOVES, State), "assignment": (w.ASSIGNMENT_MOVES, AssignmentState)}
ROWS = [
    pytest.param(move, id=f"{move.action}-{'+'.join(move.source) or 'new'}")
    for move in (*w.SUGGESTION_MOVES, *w.ASSIGNMENT_MOVES)
]
# Inputs that are neither texts with a limit nor members of a vocabulary: files, answers, a small record.
FREE = {"photos", "contact", "same_person"}
KNOWN = {*inputs.LIMITS, *(name for _action, name in inputs.CHECKS), *inputs.MAY_BE_EMPTY, *FREE}


@pytest.mark.parametrize("name", TABLES)
def test_every_state_is_reached(name: str) -> None:
    moves, states = TABLES[name]
    reached: set[str] = set()
    while True:
        more = {move.to for move in moves if move.to and (not move.source or reached & set(move.source))}
        if more <= reached:
            break
        reached |= more
    assert reached == set(states.values)


@pytest.mark.parametrize("name", TABLES)
def test_every_state_has_a_way_on_or_is_final(name: str) -> None:
    moves, states = TABLES[name]
    left = {source for move in moves if move.to for source in move.source}
    final = w.FINAL if name == "suggestion" else w.ASSIGNMENT_FINAL
    assert set(states.values) - left <= set(final)


@pytest.mark.parametrize("state", w.OPEN)
def test_every_open_case_can_come_to_an_end(state: str) -> None:
    reached = {state}
    while True:
        more = {move.to for move in w.SUGGESTION_MOVES if move.to and reached & set(move.source)}
        if more <= reached:
            break
        reached |= more
    assert reached & set(w.FINAL)


@pytest.mark.parametrize("move", ROWS)
def test_a_row_is_named_and_held_by_known_roles(move: w.Move) -> None:
    with override("en"):
        assert str(move.label).strip()
    assert move.who
    assert set(move.who) <= set(w.ROLES)
    assert len(move.action) <= 24


@pytest.mark.parametrize("move", ROWS)
def test_a_row_asks_only_for_inputs_that_are_checked(move: w.Move) -> None:
    assert {*move.needs, *move.may} <= KNOWN
    assert not set(move.needs) & set(move.may)


@pytest.mark.parametrize("move", ROWS)
def test_a_row_moves_known_clocks(move: w.Move) -> None:
    assert {*move.stops, *([move.starts] if move.starts else [])} <= set(ClockKind.values)


@pytest.mark.parametrize("name", TABLES)
def test_one_action_has_one_row_for_a_state(name: str) -> None:
    moves, _states = TABLES[name]
    starts = [(move.action, source) for move in moves for source in (move.source or ("",))]
    assert len(starts) == len(set(starts))


def test_an_action_either_moves_a_case_or_keeps_its_state() -> None:
    """The door and the figures tell by the action whether a version was counted."""
    for moves, _states in TABLES.values():
        for action in w.actions(moves):
            assert len({move.to is None for move in moves if move.action == action}) == 1


def test_every_guard_of_the_tables_is_written_and_every_guard_is_used() -> None:
    named = {guard for moves, _states in TABLES.values() for move in moves for guard in move.guards}
    assert named == set(GUARDS) == {name for module in guards.MODULES for name in conditions(module)}


def test_every_effect_belongs_to_an_action() -> None:
    written = {name for module in MODULES for name in conditions(module)}
    assert written == set(EFFECTS)
    assert written <= set(w.actions((*w.SUGGESTION_MOVES, *w.ASSIGNMENT_MOVES)))


def conditions(module: ModuleType) -> set[str]:
    """Public functions written in the module that take a step and nothing else."""
    return {
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
        and list(inspect.signature(value).parameters) == ["step"]
    }


def test_every_role_is_explained_on_the_page() -> None:
    assert list(ROLES) == list(w.ROLES)


def test_clocks_run_exactly_where_the_table_says() -> None:
    """From every set of clocks a state may have, every row leads to a set its next state may have."""
    found: dict[str, set[frozenset[str]]] = {state: set() for state in State.values}
    todo = [after(move, frozenset()) for move in w.SUGGESTION_MOVES if not move.source]
    while todo:
        state, running = todo.pop()
        if running in found[state]:
            continue
        found[state].add(running)
        todo += [after(move, running, state) for move in w.SUGGESTION_MOVES if state in move.source]

    assert found == {state: {frozenset(kinds) for kinds in sets} for state, sets in w.CLOCKS.items()}


def after(move: w.Move, running: Iterable[str], state: str = "") -> tuple[str, frozenset[str]]:
    started = {move.starts} if move.starts else set()
    return move.to or state, frozenset((set(running) - set(move.stops)) | started)


def test_the_five_steps_and_the_three_other_ends_cover_every_state() -> None:
    shown = [state for _label, states in w.STEPS for state in states]
    assert len(shown) == len(set(shown))
    assert set(State.values) - set(shown) == {"DECLINED", "TRANSFERRED", "WITHDRAWN"}
