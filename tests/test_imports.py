"""Imports go one way: a low part never knows a higher one, not even inside a function."""

from tests.source import imports, modules

# Low to high; what stands under no prefix of the list is the composition root, the highest.
APPS = ("congress_portal.common", "congress_portal.accounts", "deputies", "stations", "suggestions")
ROOT = "congress_portal"

# Inside suggestions, low to high; a name stands for the module or package of that name.
PARTS = (
    ("enums", "errors"),
    ("workflow",),
    ("models", "defaults", "apps"),
    ("actors", "steps", "inputs", "clocks", "routing", "staging", "permissions", "guards", "selectors"),
    ("effects",),
    ("services", "contacts", "history"),
    ("submissions", "drafts", "metrics", "queues", "desk", "tracking", "timeline"),
    ("casefile", "forms"),
    ("views", "admin", "demo", "management"),
    ("urls",),
)
LEVEL = {part: level for level, parts in enumerate(PARTS) for part in parts}


def app_of(name: str) -> str | None:
    for app in APPS:
        if name == app or name.startswith(f"{app}."):
            return app
    return ROOT if name == ROOT or name.startswith(f"{ROOT}.") else None


def test_apps_import_only_what_stands_below_them() -> None:
    order = [*APPS, ROOT]
    upward = [
        f"{path.name}:{line} {name} imports {imported}"
        for name, path, tree in modules()
        for imported, line in imports(name, path, tree)
        if (target := app_of(imported))
        and order.index(target) > order.index(app_of(name) or ROOT)
        # Settings and the environment are not code that calls anybody.
        and not imported.startswith(f"{ROOT}.env")
    ]

    assert upward == []


def test_parts_of_the_journey_import_only_what_stands_below_them() -> None:
    upward = []
    for name, path, tree in modules():
        part = name.split(".")[1] if name.startswith("suggestions.") else ""
        for imported, line in imports(name, path, tree):
            pieces = imported.split(".")
            if part and pieces[0] == "suggestions" and len(pieces) > 1 and pieces[1] in LEVEL:
                if LEVEL[pieces[1]] > LEVEL[part]:
                    upward.append(f"{path.name}:{line} {name} imports {imported}")

    assert upward == []


def test_every_part_of_the_journey_has_its_level() -> None:
    parts = {name.split(".")[1] for name, _path, _tree in modules() if name.startswith("suggestions.")}

    assert parts - LEVEL.keys() == set()
