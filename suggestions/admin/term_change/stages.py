"""How far a change of term is: six stages, and what is left to do in each."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress_portal.common import clock
from congress_portal.common.clock import local_date
from congress_portal.common.templatetags.portal import zh_date
from deputies.models import TermChange, TermChangeStatus
from suggestions.selectors import sees_all
from suggestions.term_change.carrying import is_due
from suggestions.term_change.confirming import refusal

DONE, NOW, TODO = "done", "current", "todo"
TAGS = {DONE: "done", NOW: "moving", TODO: "stopped"}


def context(request: HttpRequest, own: Any, change: TermChange) -> dict[str, Any]:
    rows = change.rows.count()
    left = change.rows.filter(is_confirmed=False).count()
    found = [
        _set_up(own, change),
        _file(own, change, rows),
        _matching(own, change, rows, left),
        _confirming(request, own, change, rows, left),
        _the_day(request, own, change),
        _hand_over(request, own, change),
    ]
    # The first that is not done is the one to work on.
    now = next((stage for stage in found if stage["state"] != DONE), None)
    if now:
        now["state"] = NOW
    may_edit = own.has_change_permission(request) and change.status == TermChangeStatus.DRAFT
    words = {DONE: _("Done"), NOW: _("Now"), TODO: _("Later")}
    for number, stage in enumerate(found, start=1):
        stage["number"] = number
        stage["tag"], stage["word"] = TAGS[stage["state"]], words[stage["state"]]
        stage["links"] = [link for link in stage["links"] if link and (may_edit or not link.get("edits"))]
    return {
        "title": str(change),
        "change": change,
        "stages": found,
        "steps": [(stage["title"], stage["state"]) for stage in found],
    }


def _stage(title: str, done: bool, lines: list[str], *links: dict[str, Any] | None) -> dict[str, Any]:
    return {"title": title, "state": DONE if done else TODO, "lines": lines, "links": list(links)}


def _link(label: str, url: str, *, edits: bool = False, main: bool = False) -> dict[str, Any]:
    """`edits`: only for clerks while it is a draft."""
    return {"label": label, "url": url, "edits": edits, "main": main}


def _set_up(own: Any, change: TermChange) -> dict[str, Any]:
    lines = [
        _("%(old)s ends, %(new)s begins.") % {"old": change.old, "new": change.new},
        _("First day of the new term: %(day)s.") % {"day": zh_date(change.switch_on)},
    ]
    if change.status == TermChangeStatus.DRAFT and change.switch_on <= clock.today():
        lines.append(
            _("This day is here already: once confirmed it takes effect at once and cannot be taken back.")
        )
    return _stage(_("Set up"), True, lines, _link(_("Correct"), own.address(change, "set_up"), edits=True))


def _file(own: Any, change: TermChange, rows: int) -> dict[str, Any]:
    address = own.address(change, "file")
    if not rows:
        lines = [_("Take over the list of those elected, one line each, as an xlsx file.")]
        return _stage(_("Import"), False, lines, _link(_("Choose the file"), address, edits=True, main=True))
    text = ngettext("%(count)d mandate from “%(file)s”.", "%(count)d mandates from “%(file)s”.", rows)
    lines = [text % {"count": rows, "file": change.file_name or "—"}]
    if change.prepared_by and change.prepared_at:
        told = {"name": change.prepared_by, "day": zh_date(change.prepared_at)}
        lines.append(_("Last worked on by %(name)s, %(day)s.") % told)
    return _stage(_("Import"), True, lines, _link(_("Take over another file"), address, edits=True))


def _matching(own: Any, change: TermChange, rows: int, left: int) -> dict[str, Any]:
    title, address = _("Match people"), own.address(change, "rows")
    if not rows:
        return _stage(title, False, [_("Who was re-elected keeps the page, the code and the history.")])
    if not left:
        return _stage(
            title, True, [_("It is decided for everybody who it is.")], _link(_("Look at the rows"), address)
        )
    text = ngettext(
        "%(count)d of %(all)d rows is still to be decided.",
        "%(count)d of %(all)d rows are still to be decided.",
        left,
    )
    return _stage(title, False, [text % {"count": left, "all": rows}], _link(_("Decide"), address, main=True))


def _confirming(request: HttpRequest, own: Any, change: TermChange, rows: int, left: int) -> dict[str, Any]:
    title, address = _("Confirm"), own.address(change, "confirm")
    if change.status == TermChangeStatus.DRAFT:
        ready = bool(rows and not left)
        user: Any = request.user
        lines = [_("A reviewer or the head of the commission, who had no hand in it, looks and confirms.")]
        why_not = refusal(change, user) if ready else ""
        main = ready and not why_not
        return _stage(title, False, lines, _link(_("See the effect"), address, main=main) if rows else None)
    assert change.confirmed_at is not None, "confirmed changes say when"
    told = {"name": change.confirmed_by, "day": zh_date(local_date(change.confirmed_at))}
    undo = None
    if change.status == TermChangeStatus.CONFIRMED and change.switch_on > clock.today():
        undo = _link(_("Take it back"), own.address(change, "undo"))
    lines = [_("Confirmed by %(name)s, %(day)s.") % told]
    return _stage(title, True, lines, _link(_("See the effect"), address), undo)


def _the_day(request: HttpRequest, own: Any, change: TermChange) -> dict[str, Any]:
    title = _("The day itself")
    if change.status == TermChangeStatus.DONE:
        done = change.result.get("done", {})
        lines = [
            _("The record of %(old)s is closed since %(day)s.")
            % {"old": change.old, "day": zh_date(change.done_at)},
            _("Came free: %(claims)d cases followed, %(turns)d turns, %(days)d days, %(roles)d roles.")
            % {name: done.get(name, 0) for name in ("claims", "turns", "days", "roles")},
        ]
        return _stage(title, True, lines)
    lines = [
        _("In the night to %(day)s the portal does it by itself: the record of the old term closes, and what "
          "those who leave held comes free. Cases keep their number, venue and dates.")
        % {"day": zh_date(change.switch_on)}
    ]  # fmt: skip
    link = _link(_("Do it now"), own.address(change, "carry_out"), main=True) if is_due(change) else None
    return _stage(title, False, lines, link)


def _hand_over(request: HttpRequest, own: Any, change: TermChange) -> dict[str, Any]:
    title = _("Hand over")
    lines = [_("What those who leave have in hand, and who is there in their place.")]
    if change.status == TermChangeStatus.DRAFT or not sees_all(request.user):  # type: ignore[arg-type]
        return _stage(title, change.status == TermChangeStatus.DONE, lines)
    return _stage(
        title,
        change.status == TermChangeStatus.DONE,
        lines,
        _link(_("Hand-over list"), own.address(change, "hand_over")),
        _link(_("As an xlsx file"), own.address(change, "hand_over_file")),
    )
