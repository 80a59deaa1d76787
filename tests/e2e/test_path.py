"""The whole path of one suggestion with six logins, from a scanned code to the public page.

Each stage keeps what its person saw under test-results/path/.
"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import PASSWORD

from . import steps
from .people import DESK, PHONE, Person
from .words import label, zh

Shot = Callable[[Person, str], None]

REPLY = "您好，已与物业在西侧空地划出三十个车位，消防通道装了隔离桩。"
SECOND = "您好，新增车位已编号，晚上由保安引导，收费标准贴在入口。"


@pytest.fixture
def shot() -> Shot:
    numbers = iter(range(1, 100))

    def keep(person: Person, name: str) -> None:
        person.fits()
        person.shot(f"path/{next(numbers):02d}-{name}")

    return keep


@pytest.fixture
def sign_in(meet: Callable[..., Person]) -> Callable[..., Person]:
    """By the form, as everybody does."""

    def come(user: Any, screen: dict[str, int]) -> Person:
        person = meet(screen=screen)
        person.open("/accounts/login/")
        person.write(zh("Username"), user.username)
        person.page.get_by_label(zh("Password")).fill(PASSWORD)
        person.press(zh("Sign in"))
        return person

    return come


def test_a_suggestion_goes_from_door_to_door(
    cast: SimpleNamespace, meet: Callable[..., Person], sign_in: Callable[..., Person],
    shot: Shot, tmp_path: Path,
) -> None:  # fmt: skip
    resident = meet()
    clerk, reviewer = sign_in(cast.clerk, DESK), sign_in(cast.reviewer, DESK)
    unit, unitlead = sign_in(cast.officer, DESK), sign_in(cast.unitlead, DESK)
    deputy = sign_in(cast.deputy, PHONE)

    # The resident scans the code at the station and sends a suggestion with a photo.
    resident.open("/venues/TS1/")
    resident.heading("甲社区代表联络站")
    shot(resident, "resident-venue")
    steps.fill_in(resident, picture=steps.photo(tmp_path))
    resident.sees("甲社区代表联络站", "林示例", "三号楼西侧空地", "13900000001")
    shot(resident, "resident-check")
    receipt = steps.send(resident)
    shot(resident, "resident-sent")
    assert receipt.number.isdigit()
    assert len(receipt.code) == 8

    before = closure(clerk)
    accept_and_assign(clerk, shot)
    follow_and_comment(deputy, receipt.number, shot)

    # Drafted, signed off and released by three people.
    answer(unit, unitlead, reviewer, REPLY, shot)

    # The resident reads it and is not satisfied.
    steps.track(resident, receipt)
    resident.sees(REPLY)
    shot(resident, "resident-reply")
    steps.rate(resident, zh("Dissatisfied", "rating"), "车位划好了，但没有编号，还是乱停。")
    shot(resident, "resident-second-round")

    # The second round ends the case.
    answer(unit, unitlead, reviewer, SECOND, None)
    steps.track(resident, receipt)
    resident.sees(SECOND)
    steps.rate(resident, zh("Satisfied", "rating"))
    resident.sees(zh("Thank you for your rating."))
    shot(resident, "resident-closed")
    after = closure(clerk)
    assert (before, after) == ("0", "1")
    shot(clerk, "clerk-rates")

    publish(clerk, reviewer, meet(), shot)


def accept_and_assign(clerk: Person, shot: Shot) -> None:
    """The clerk finds it in the queue, accepts it and gives it to a unit."""
    shot(clerk, "clerk-index")
    clerk.page.locator("[data-queue=to_accept]").click()
    clerk.follow(steps.TITLE)
    shot(clerk, "clerk-case")
    steps.do(clerk, "accept")
    clerk.select(zh("Category"), "停车")
    clerk.select(zh("Level"), zh("L1 community or station", "case level"))
    shot(clerk, "clerk-accept")
    clerk.press(label("accept"))
    steps.do(clerk, "assign")
    clerk.select(zh("Lead unit"), "测试住建局")
    shot(clerk, "clerk-assign")
    clerk.press(label("assign"))


def follow_and_comment(deputy: Person, number: str, shot: Shot) -> None:
    """The deputy reads it on the phone, follows it and comments."""
    deputy.open("/desk/")
    shot(deputy, "deputy-desk")
    deputy.open(f"/desk/{number}/")
    steps.do(deputy, "claim")
    steps.do(deputy, "comment")
    deputy.write(zh("Comment"), "这个路口我去看过，晚上确实停满了。")
    deputy.press(label("comment"))
    deputy.sees("这个路口我去看过")
    shot(deputy, "deputy-case")


def publish(clerk: Person, reviewer: Person, reader: Person, shot: Shot) -> None:
    """Two people make it public; nobody's name is on the page."""
    clerk.page.locator("[data-queue=to_prepare]").click()
    clerk.follow(steps.TITLE)
    steps.do(clerk, "prepare_publication")
    clerk.write(zh("Public title"), "甲社区新增三十个停车位")
    clerk.write(zh("Public summary"), "居民反映停车难，住建部门在西侧空地新划三十个车位。")
    clerk.press(label("prepare_publication"))
    reviewer.open(clerk.path)
    steps.do(reviewer, "publish")
    shot(reviewer, "reviewer-publish")
    reviewer.press(label("publish"))
    reader.open("/suggestions/")
    reader.follow("甲社区新增三十个停车位")
    reader.sees("住建部门在西侧空地新划三十个车位")
    reader.sees_not("李女士", "13900000001", "三号楼")
    shot(reader, "anybody-published")


def answer(unit: Person, unitlead: Person, reviewer: Person, text: str, shot: Shot | None) -> None:
    """One reply through three hands."""
    keep = shot or (lambda person, name: None)
    steps.at_desk(unit)
    steps.do(unit, "sign")
    keep(unit, "unit-case")
    steps.do(unit, "draft")
    unit.write(zh("Reply to the resident"), text)
    unit.page.locator("[name=answer_class][value=A]").check()
    keep(unit, "unit-draft")
    unit.press(label("draft"))
    steps.at_desk(unitlead)
    keep(unitlead, "unitlead-case")
    steps.do(unitlead, "sign_off")
    unitlead.press(label("sign_off"))
    reviewer.open("/admin/")
    reviewer.page.locator("[data-queue=to_review]").click()
    reviewer.follow(steps.TITLE)
    steps.do(reviewer, "release")
    reviewer.page.locator("[name=publicity][value=OPEN]").check()
    keep(reviewer, "reviewer-release")
    reviewer.press(label("release"))


def closure(clerk: Person) -> str:
    """How many accepted cases are concluded, as the board counts them."""
    clerk.open("/admin/")
    row = clerk.page.locator("#figures .rates .stat").filter(has_text=zh("Closure rate"))
    return row.locator(".note a").first.inner_text()
