"""Every action × every state × everybody, through the door: what the tables allow, and nothing else."""

from types import SimpleNamespace

import pytest

from suggestions import workflow as w
from suggestions.services import available_moves
from tests.suggestions.scenes import ALLOWED, NOBODY, Scene, actors, attempt, snapshot
from tests.suggestions.stage import Stage
from tests.suggestions.states import ASSIGNMENTS, SUGGESTIONS

# Who handles it holds the role from the assignment on; before, and where every row is gone, nobody does.
NOBODY_YET = {("comment", role, state) for role in (w.HANDLER, w.LEADER) for state in {*w.ANY} - {*w.HANDLED}}
# Publishing happens in CLOSED and whatever leaves it unpublishes: elsewhere the guard never holds.
NEVER_PUBLIC = {("unpublish", role, state) for role in w.ROLES for state in {*w.ANY} - {"CLOSED"}}
# The cases of the stage have an account, except the one registered at the venue.
LINKED = {("link_account", w.RESIDENT, state) for state in {*w.ANY} - {"REPLIED"}}
# A supervision may end in any state; one scene shows it. What is hidden is being declined, or was.
UNSUPERVISED = {("end_supervision", role, state) for role in w.ROLES for state in {*w.ANY} - {"HANDLING"}}
SECRET = {"DECLINE_REVIEW", "DECLINED"}
NOT_SECRET = {(action, w.SECRECY, state) for action in ("comment", "restore") for state in {*w.ANY} - SECRET}
NOT_SHOWN = NOBODY_YET | NEVER_PUBLIC | LINKED | UNSUPERVISED | NOT_SECRET


def test_the_scenes_show_every_state() -> None:
    assert set(SUGGESTIONS) == set(w.ANY)
    assert set(ASSIGNMENTS) == {*w.LIVE, *w.ASSIGNMENT_FINAL}


@pytest.mark.parametrize("state", SUGGESTIONS)
def test_a_suggestion_moves_as_its_table_says(cast: SimpleNamespace, state: str) -> None:
    stage = Stage(cast)
    walked = set()
    for number, build in enumerate(SUGGESTIONS[state]):
        scene = build(stage)
        scene.target.refresh_from_db()
        assert scene.target.state == state
        walked |= everybody_tries_everything(stage, scene, outsiders=number == 0)

    assert walked == in_the_table(w.SUGGESTION_MOVES, state)


@pytest.mark.parametrize("state", ASSIGNMENTS)
def test_an_assignment_moves_as_its_table_says(cast: SimpleNamespace, state: str) -> None:
    stage = Stage(cast)
    walked = set()
    for number, build in enumerate(ASSIGNMENTS[state]):
        scene = build(stage)
        scene.target.refresh_from_db()
        assert scene.target.state == state
        walked |= everybody_tries_everything(stage, scene, outsiders=number == 0)

    assert walked == in_the_table(w.ASSIGNMENT_MOVES, state)


def in_the_table(moves: tuple[w.Move, ...], state: str) -> set[tuple[str, str]]:
    """(action, role) of every row that starts in `state` and that somebody may do."""
    return {
        (move.action, role)
        for move in moves
        for role in move.who
        if state in move.source and role != w.FOLLOWS
        if (move.action, role, state) not in NOT_SHOWN
    }


def everybody_tries_everything(stage: Stage, scene: Scene, *, outsiders: bool) -> set[tuple[str, str]]:
    """(action, role) that worked; what did not work was refused for the reason the table gives."""
    given = stage.given(scene)
    before = snapshot()
    walked = set()
    with scene.moment():
        for name, actor in actors(stage.cast, scene.case).items():
            roles = scene.roles.get(name, NOBODY)
            if not roles and not outsiders:
                continue
            found = {
                action: attempt(action, scene.target, actor, given.get(action, {}))
                for action in tried(scene, roles if outsiders else NOBODY)
            }
            told = {action: scene.expected(action, roles) for action in found}
            plain = {
                action: ALLOWED if outcome in ("done", "Refused") else outcome
                for action, outcome in found.items()
            }
            assert plain == told, f"{name} on {scene.target.state}"
            done = {action for action, outcome in found.items() if outcome == "done"}
            buttons = {move.action for move in available_moves(actor, scene.target)}
            # The system needs no buttons, and those offered are exactly those that work.
            assert buttons == (set() if name == "system" else done), f"buttons of {name}"
            walked |= {(action, role) for action in done for role in roles & who(scene, action)}
            assert snapshot() == before, f"{name} changed something although everything was taken back"
    return walked


def tried(scene: Scene, roles: frozenset[str]) -> list[str]:
    """Every action; without a role, and on further scenes, what somebody may do now: to save time."""
    every = w.actions(scene.table)
    return [action for action in every if roles or w.find(scene.table, action, scene.target.state)]


def who(scene: Scene, action: str) -> set[str]:
    move = w.find(scene.table, action, scene.target.state)
    return set(move.who) if move else set()
