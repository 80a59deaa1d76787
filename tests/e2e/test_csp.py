"""The content policy holds in a real browser, and what people type stays text."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from suggestions.models import Suggestion
from tests.conftest import Journey, act

from . import steps
from .people import DESK, Person

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)><b>车位</b> {{ 7|add:7 }} 😀𬱖"


def test_what_people_type_is_text_on_every_page(cast: SimpleNamespace, meet: Callable[..., Person]) -> None:
    resident = meet()
    resident.open("/q/TS1/")
    steps.say_what(resident, ATTACK)
    steps.say_where(resident)
    steps.say_who(resident)
    resident.sees(ATTACK)
    receipt = steps.send(resident)
    case = Suggestion.objects.get()
    act("accept", case, cast.clerk, category=cast.category, level="L2")
    act("comment", case, cast.deputy, text=ATTACK)
    act("answer_direct", case, cast.clerk, reply=ATTACK)
    resident.open(f"/suggestions/{receipt.number}/")
    resident.sees(ATTACK)
    office = f"/admin/suggestions/suggestion/{case.pk}/change/"
    for user, path in ((cast.deputy, f"/desk/{case.number}/"), (cast.clerk, office)):
        staff = meet(user, screen=DESK)
        staff.page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        staff.open(path)
        staff.sees(ATTACK)
        assert not staff.page.locator("main b, #content b").filter(has_text="车位").count()


def test_a_script_that_got_in_all_the_same_would_not_run(meet: Callable[..., Person]) -> None:
    resident = meet()
    resident.open("/suggestions/track/")
    ran = resident.page.evaluate("""() => {
      document.body.insertAdjacentHTML("beforeend", "<img src='/nothing' onerror='window.ran = 1'>");
      const script = document.createElement("script");
      script.textContent = "window.ran = 2";
      document.body.append(script);
      return new Promise((done) => setTimeout(() => done(window.ran ?? 0), 300));
    }""")
    assert ran == 0
    assert any(trouble.startswith("policy: script-src") for trouble in resident.troubles), resident.troubles
    # Seen and meant: nothing else may have gone wrong on that page.
    meant = ("policy: script-src", "Content Security Policy", "/nothing")
    resident.troubles = [it for it in resident.troubles if not any(part in it for part in meant)]


def test_the_admin_asks_nothing_of_other_hosts_and_breaks_no_policy(
    cast: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    """Each page is watched by `meet`; here they are only opened."""
    case = Journey(cast).handling()
    clerk, admin = meet(cast.clerk, screen=DESK), meet(cast.admin, screen=DESK)
    cases = "/admin/suggestions/suggestion/"
    for path in ("change/", "do/take_back/", "contact/"):
        clerk.open(f"{cases}{case.pk}/{path}")
    clerk.open(cases)
    admin.open("/admin/")
    links = admin.page.locator("#content a[href^='/admin/']")
    for path in dict.fromkeys(links.evaluate_all("all => all.map((link) => link.pathname)")):
        admin.open(path)
