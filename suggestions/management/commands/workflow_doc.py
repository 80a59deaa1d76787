"""manage.py workflow_doc: draw docs/workflow.md from the tables of the journey."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import override

from suggestions import workflow
from suggestions.enums import AssignmentState, ClockKind, State
from suggestions.workflow import ASSIGNMENT_MOVES, SUGGESTION_MOVES, Move

INTRODUCTION = """\
# 群众意见办理流程 · The journey of a suggestion

This page is drawn from `suggestions/workflow.py` by `manage.py workflow_doc`; a check fails when it is stale.
Change the tables, never this page.

How to read a row: an **action** leads **from** one of the states **to** another (`=`: the state stays), may
be done by **who** holds one of the roles towards the case, **must give** every input named (those in
brackets may be given), and only while every **guard** holds. ▶ starts a clock, ■ stops it. *Follows* means
that no person does it: another action brings it about, in the same transaction.
"""
ROLES = {
    workflow.RESIDENT: ("提出人", "who raised the case: signed in, or by number and query code"),
    workflow.LIAISON: ("联络员", "liaison officer of the venue that owns the case"),
    workflow.COMMITTEE: ("街道人大工委", "working committee of the case's street; signs off for its venues"),
    workflow.DEPUTY: ("代表", "deputy in office, posted to the venue that owns the case"),
    workflow.CLERK: ("经办人", "clerk of the district congress"),
    workflow.STREET_ASSIGNER: ("街道交办人", "the same committee towards a case of level L1 or L2"),
    workflow.COORDINATOR: ("协调员", "officer of the coordinator office that dispatched the row"),
    workflow.REVIEWER: ("审核人", "reviewer of the district congress"),
    workflow.HEAD: ("代表工委负责人", "head of the deputies' affairs commission"),
    workflow.SECRECY: ("保密岗", "secrecy officer, towards what is hidden from all others"),
    workflow.HANDLER: ("承办人", "whoever works on it for the unit or the venue that was given it"),
    workflow.OFFICER: ("单位承办人", "officer of the unit that was given the case"),
    workflow.LEADER: ("签发人", "leader of that unit; for a venue, its convener or the working committee"),
    workflow.SYSTEM: ("系统", "the system itself"),
    workflow.FOLLOWS: ("随动", "follows another action"),
}  # fmt: skip
# What the two tables have in common, and what only the first one knows.
HEAD = ("action", "中文", "English", "from → to", "who", "must give (may give)", "guards")
CLOCK_COLUMN = "clocks"


def document() -> str:
    """The whole page."""
    parts = [
        INTRODUCTION,
        "## 角色 · Roles\n",
        table(("role", "中文", "English"), ([f"`{name}`", *ROLES[name]] for name in workflow.ROLES)),
        "## 群众意见 · Suggestion\n",
        states(State, workflow.FINAL),
        diagram(SUGGESTION_MOVES, State),
        table((*HEAD, CLOCK_COLUMN), (row(move, State, clocks=True) for move in SUGGESTION_MOVES)),
        "## 交办 · Assignment\n",
        states(AssignmentState, workflow.ASSIGNMENT_FINAL),
        diagram(ASSIGNMENT_MOVES, AssignmentState),
        table(HEAD, (row(move, AssignmentState, clocks=False) for move in ASSIGNMENT_MOVES)),
        "## 时限 · Clocks\n",
        table(
            ("clock", "中文", "English", "may run in"),
            ([f"`{kind}`", *both(kind.label), running_in(kind)] for kind in ClockKind),
        ),
    ]
    return "\n".join(parts)


def both(text: str | Promise) -> tuple[str, str]:
    """The text in Chinese and in English."""
    found = []
    for language in ("zh-hans", "en"):
        with override(language):
            found.append(str(text))
    return found[0], found[1]


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in cells] for cells in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def states(kinds: type[TextChoices], final: Iterable[str]) -> str:
    final = tuple(final)
    return table(
        ("state", "中文", "English", ""),
        ([f"`{state}`", *both(state.label), "end" if state in final else ""] for state in kinds),
    )


def row(move: Move, kinds: type[TextChoices], *, clocks: bool) -> list[str]:
    source = "any" if set(move.source) == set(kinds.values) else ", ".join(move.source) or "–"
    gives = list(map(code, move.needs)) + [f"({code(name)})" for name in move.may]
    cells = [
        code(move.action), *both(move.label), f"{source} → {move.to or '='}", ", ".join(move.who),
        ", ".join(gives), ", ".join(map(code, move.guards)),
    ]  # fmt: skip
    return [*cells, clocks_of(move)] if clocks else cells


def code(name: str) -> str:
    return f"`{name}`"


def clocks_of(move: Move) -> str:
    stops = ["all ■"] if set(move.stops) == set(ClockKind.values) else [f"{kind} ■" for kind in move.stops]
    return " ".join([*stops, *([f"{move.starts} ▶"] if move.starts else [])])


def running_in(kind: str) -> str:
    found = []
    for state in State:
        sets = workflow.CLOCKS[state]
        if any(kind in running for running in sets):
            found.append(f"{state}" if all(kind in running for running in sets) else f"({state})")
    return ", ".join(found)


def diagram(moves: Iterable[Move], kinds: type[TextChoices]) -> str:
    """The states as a picture; arrows between the same two states are one arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    used: set[str] = set()
    for move in moves:
        for source in (move.source or ("[*]",)) if move.to else ():
            arrows.setdefault((source, str(move.to)), []).append(move.action)
            used |= {source, str(move.to)}
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{both(state.label)[0]} {state}" as {state}' for state in kinds if state in used]
    lines += list(_arrows(arrows))
    return "\n".join([*lines, "```", ""])


def _arrows(arrows: dict[tuple[str, str], list[str]]) -> Iterator[str]:
    for (source, to), names in arrows.items():
        yield f"    {source} --> {to}: {', '.join(dict.fromkeys(names))}"


class Command(BaseCommand):
    help = "Draw docs/workflow.md from the tables; with --check only say whether it is stale."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail if the page is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "workflow.md"
        wanted = document()
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            self.stdout.write(f"{path.name} is true to the tables")
        elif check:
            raise CommandError(f"{path} is stale: run manage.py workflow_doc")
        else:
            path.write_text(wanted, encoding="utf-8")
            self.stdout.write(f"{path.name} drawn anew")
