"""The hand-over list: to read, to print, and as a table."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from congress_portal.common.sheets.pages import download
from congress_portal.common.sheets.writing import write
from deputies.models import TermChange, TermChangeStatus
from suggestions.enums import State
from suggestions.term_change import hand_over

BETWEEN = "、"


def page(request: HttpRequest, own: Any, change: TermChange) -> HttpResponse:
    if change.status == TermChangeStatus.DRAFT:
        messages.warning(request, _("The list is drawn up once the change of term is confirmed."))
        return redirect(own.address(change))
    listed = readable(hand_over.kept(change))
    context = {
        "title": _("Hand-over list"),
        "change": change,
        "people": listed["people"],
        "venues": listed["venues"],
        "kept": change.status == TermChangeStatus.DONE,
        "file_url": own.address(change, "hand_over_file"),
        "back": own.address(change),
    }
    return own.render(request, "hand_over", context)


def readable(listed: dict[str, Any]) -> dict[str, Any]:
    """The list with days as days, states in words and the titles of cases."""
    titles = hand_over.titles(listed)
    for person in listed["people"]:
        for case in person["cases"]:
            case["title"] = titles.get(case["number"], "")
            case["words"] = State(case["state"]).label
            case["due"] = _day(case["due"])
        for duty in person["days"]:
            duty["day"] = _day(duty["day"])
        person["nothing"] = not any(person[name] for name in ("cases", "days", "turns", "roles", "venues"))
    return listed


def file(request: HttpRequest, own: Any, change: TermChange) -> HttpResponse:
    if change.status == TermChangeStatus.DRAFT:
        messages.warning(request, _("The list is drawn up once the change of term is confirmed."))
        return redirect(own.address(change))
    headers = ["人员编号", "姓名", "单位", "事项", "编号", "内容", "状态", "日期", "家站点", "现任代表"]
    rows = list(_rows(readable(hand_over.kept(change))))
    return download(
        write(headers, rows), f"hand-over-{change.old.ordinal}-{change.switch_on.isoformat()}.xlsx"
    )


def _rows(listed: dict[str, Any]) -> Iterator[list[Any]]:
    """One line a matter; the headings are Chinese whatever the reader's language, as in all our tables."""
    for person in listed["people"]:
        there = {place["name"]: BETWEEN.join(place["there"]) for place in person["venues"]}
        who = [person["key"], person["name"], person["organisation"]]
        for case in person["cases"]:
            yield [
                *who, "关注的意见", case["number"], case["title"], str(case["words"]), case["due"],
                case["venue"], there.get(case["venue"], ""),
            ]  # fmt: skip
        for duty in person["days"]:
            yield [
                *who, "接待日", "", duty["from"], "", duty["day"], duty["venue"],
                there.get(duty["venue"], ""),
            ]  # fmt: skip
        for venue in person["turns"]:
            yield [*who, "接待轮值", "", "", "", None, venue, there.get(venue, "")]
        for held in person["roles"]:
            yield [*who, "职责", "", held["role"], "", None, held["venue"], there.get(held["venue"], "")]
        for place in person["venues"]:
            yield [*who, "进站", place["code"], "", "", None, place["name"], there[place["name"]]]
    for place in listed["venues"]:
        what = "无代表" if place["nobody"] else "缺" + BETWEEN.join(place["lost"])
        yield ["", "", "", what, place["code"], f"在办 {place['cases']} 件", "", None, place["name"], ""]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
