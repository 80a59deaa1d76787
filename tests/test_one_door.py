"""Only the door writes a state or an event: the code is read for anybody else who does."""

import ast

from tests.source import modules

# `services` moves and records, `submissions` writes the first state of a new case.
DOORS = {"suggestions.services", "suggestions.submissions"}
WRITERS = {"update", "bulk_update", "create", "get_or_create", "update_or_create", "bulk_create"}
CASE_MODELS = {"Suggestion", "Assignment", "Event"}


def offences(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        found += [
            f"line {node.lineno} assigns .{target.attr}"
            for target in targets
            if isinstance(target, ast.Attribute) and target.attr in {"state", "version"}
        ]
        if isinstance(node, ast.Call):
            keywords = {keyword.arg for keyword in node.keywords}
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in WRITERS and keywords & {"state", "version"}:
                found.append(f"line {node.lineno} calls {called} with a state")
            if called == "setattr" and any(getattr(arg, "value", None) == "state" for arg in node.args):
                found.append(f"line {node.lineno} sets the state by name")
            if called in CASE_MODELS and "state" in keywords:
                found.append(f"line {node.lineno} builds a {called} with a state")
            if called in WRITERS and _is_manager_of(node.func, "Event"):
                found.append(f"line {node.lineno} writes an event")
            if called == "bulk_update" and any("state" in ast.dump(arg) for arg in node.args):
                found.append(f"line {node.lineno} updates states in bulk")
    return found


def _is_manager_of(function: ast.expr, model: str) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Attribute)
        and function.value.attr == "objects"
        and getattr(function.value.value, "id", "") == model
    )


def test_nobody_but_the_door_writes_a_state_or_an_event() -> None:
    strangers = {
        name: found for name, _path, tree in modules() if name not in DOORS and (found := offences(tree))
    }
    # The replay of `verify_history` fills a plain object of its own with the states the events tell.
    strangers.pop("suggestions.history", None)

    assert strangers == {}


def test_the_reader_of_the_code_sees_every_way_of_writing_a_state() -> None:
    source = """
case.state = "CLOSED"
Suggestion.objects.filter(pk=1).update(state="CLOSED")
Suggestion(state="CLOSED")
setattr(case, "state", "CLOSED")
Suggestion.objects.bulk_update(cases, ["state"])
Event.objects.create(action="accept")
case.version += 1
"""
    assert len(offences(ast.parse(source))) == 7
