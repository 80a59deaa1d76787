"""Translation catalogues (.po): reading, judging, merging and writing them in one stable form."""

import re
from collections.abc import Iterable
from pathlib import Path

import polib
from django.conf import settings

from congress_portal.common.extraction import Message

PLACEHOLDER = re.compile(r"%\((\w+)\)([a-z])")
METADATA = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class CatalogueError(Exception):
    """A catalogue that cannot be read: its text says where and why."""


def catalogue_paths() -> list[Path]:
    """All .po files of the project."""
    folders = [Path(folder) for folder in settings.LOCALE_PATHS]
    return sorted(path for folder in folders for path in folder.glob("*/LC_MESSAGES/*.po"))


def read(path: Path) -> polib.POFile:
    """CatalogueError if the file is missing or is no catalogue."""
    try:
        return polib.pofile(str(path), encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path}: {error}") from error


def key_of(entry: polib.POEntry) -> tuple[str, str]:
    return (entry.msgctxt or "", entry.msgid)


def is_translated(entry: polib.POEntry) -> bool:
    if entry.msgid_plural:
        return bool(entry.msgstr_plural) and all(entry.msgstr_plural.values())
    return bool(entry.msgstr)


def problems(catalogue: polib.POFile, wanted: Iterable[Message]) -> list[str]:
    """A sentence for each message that is missing, empty, fuzzy, doubled or has foreign placeholders."""
    entries: dict[tuple[str, str], polib.POEntry] = {}
    found = []
    for entry in catalogue:
        if entry.obsolete:
            continue
        if key_of(entry) in entries:
            found.append(f"twice: {entry.msgid!r}")
        entries[key_of(entry)] = entry
        if entry.fuzzy:
            found.append(f"fuzzy: {entry.msgid!r}")
        elif not is_translated(entry):
            found.append(f"untranslated: {entry.msgid!r}")
        found += _placeholder_problems(entry)
    for message in sorted(set(wanted), key=lambda item: (item.key, item.plural)):
        entry = entries.get(message.key)
        if entry is None:
            context = f" (context {message.context!r})" if message.context else ""
            found.append(f"missing: {message.text!r}{context}")
        elif message.plural != (entry.msgid_plural or ""):
            # gettext keeps singular and plural calls apart: such an entry is simply not found.
            found.append(f"plural differs: {message.text!r}")
    return found


def unused(catalogue: polib.POFile, wanted: Iterable[Message]) -> list[str]:
    """Message ids nobody asks for; they may translate an installed package's page, so they are no mistake."""
    keys = {message.key for message in wanted}
    return [entry.msgid for entry in catalogue if not entry.obsolete and key_of(entry) not in keys]


def add_missing(catalogue: polib.POFile, wanted: Iterable[Message]) -> int:
    """Append what is missing with an empty translation; how many were added. A changed plural starts anew."""
    entries = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    added = 0
    for message in sorted(set(wanted), key=lambda item: (item.key, item.plural), reverse=True):
        entry = entries.get(message.key)
        if entry is not None and (not message.plural or entry.msgid_plural == message.plural):
            continue
        if entry is not None:
            catalogue.remove(entry)
        fresh = polib.POEntry(msgid=message.text, msgctxt=message.context)
        if message.plural:
            fresh.msgid_plural, fresh.msgstr_plural = message.plural, {0: ""}
        catalogue.append(fresh)
        entries[message.key] = fresh
        added += 1
    return added


def merge(catalogue: polib.POFile, fragment: polib.POFile) -> list[str]:
    """Take over the fragment's translations.

    Returns the msgids both translate, differently: there the catalogue's own stays.
    """
    entries = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    conflicts = []
    for entry in fragment:
        if entry.obsolete or not is_translated(entry):
            continue
        present = entries.get(key_of(entry))
        if present is None or (not is_translated(present) or present.msgid_plural != entry.msgid_plural):
            if present is not None:
                catalogue.remove(present)
            entry.occurrences = []
            catalogue.append(entry)
            entries[key_of(entry)] = entry
        elif (present.msgstr, present.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
            conflicts.append(entry.msgid)
    return conflicts


def write(catalogue: polib.POFile, path: Path) -> None:
    """Sorted, unwrapped and without line numbers, so that two people's changes seldom meet."""
    catalogue.metadata = METADATA | {"Language": path.parent.parent.name}
    catalogue.sort(key=lambda entry: (entry.obsolete, entry.msgid, entry.msgctxt or ""))
    for entry in catalogue:
        entry.occurrences = []
    catalogue.wrapwidth = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{catalogue}\n".rstrip("\n") + "\n", encoding="utf-8")


def _placeholder_problems(entry: polib.POEntry) -> list[str]:
    """A placeholder the original has not fails when the page is shown, so it must fail here."""
    known = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    used = set(PLACEHOLDER.findall("".join([entry.msgstr, *entry.msgstr_plural.values()])))
    return [f"foreign placeholder %({name}){kind}: {entry.msgid!r}" for name, kind in sorted(used - known)]
