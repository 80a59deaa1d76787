"""Somebody who uses no mouse: only keys, and always able to see where they are."""

from playwright.sync_api import expect

from .people import Person

# What has the focus, as it is read aloud; whether that can be seen; whether it is on the screen.
FOCUSED = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const labels = [...(here.labels ?? [])];
  const words = here.getAttribute("aria-label") || labels.map((label) => label.innerText).join(" ")
    || here.innerText || here.value || "";
  const group = here.closest("fieldset")?.querySelector("legend")?.innerText ?? "";
  const drawn = (box) => {
    const style = getComputedStyle(box);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return outline || style.boxShadow !== "none";
  };
  const box = (here.closest("label") ?? here).getBoundingClientRect();
  return {
    words: words.trim(), group: group.trim(), kind: here.type || here.tagName,
    seen: drawn(here) || labels.some(drawn),
    inside: box.bottom > 0 && box.top < innerHeight,
  };
}"""
MOST = 80


def tab_to(person: Person, words: str, *, group: str = "") -> None:
    """Press Tab until something with these words has the focus."""
    passed = []
    for _step in range(MOST):
        person.page.keyboard.press("Tab")
        focus = person.page.evaluate(FOCUSED)
        if focus is None:
            continue
        passed.append(focus["words"])
        assert focus["seen"], f"the focus cannot be seen on {focus}"
        assert focus["inside"], f"the focus is off the screen on {focus}"
        if words in focus["words"] and group in focus["group"]:
            return
    raise AssertionError(f"{words!r} is not reached by Tab, only {passed}")


def press(person: Person, key: str) -> None:
    person.page.keyboard.press(key)


def write(person: Person, label: str, text: str) -> None:
    tab_to(person, label)
    person.page.keyboard.type(text)


def enter(person: Person) -> None:
    """Enter where it leads somewhere: from a link, a button, or a field of a form."""
    with person.page.expect_navigation():
        press(person, "Enter")


def go(person: Person, words: str) -> None:
    """To a link or a button, and through it."""
    tab_to(person, words)
    enter(person)


def choose(person: Person, group: str, words: str) -> None:
    """Into a group of round buttons, and with the arrows to the one wanted."""
    tab_to(person, "", group=group)
    within = person.page.get_by_role("group", name=group)
    wanted = within.get_by_role("radio", name=words, exact=True)
    press(person, "Space")
    for _step in range(MOST):
        if wanted.is_checked():
            break
        press(person, "ArrowDown")
    expect(wanted).to_be_checked()
