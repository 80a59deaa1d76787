"""One person in front of one browser, seen through what is written on the page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
SHOTS = Path("test-results")

# Runs before the page's own scripts; what it finds is told as an error of the page.
WATCH = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
addEventListener("load", () => requestAnimationFrame(() => {
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    console.error(`wider than the screen: ${root.scrollWidth} > ${root.clientWidth}`);
}));
"""


class Person:
    """A browser of one's own, with one page. `scripts=False`: JavaScript is off."""

    def __init__(
        self, new_context: Callable[..., BrowserContext], home: str, *, screen: dict[str, int] | None = None,
        scripts: bool = True, language: str = "zh-CN", **options: Any,
    ) -> None:  # fmt: skip
        self.home = home
        self.troubles: list[str] = []
        self.expected: set[int] = set()
        self.context = new_context(
            viewport=screen or PHONE, locale=language, java_script_enabled=scripts, **options
        )
        self.context.set_default_timeout(10_000)
        self.context.add_init_script(WATCH)
        self.context.on("page", self._listen)
        self.page: Page = self.context.new_page()

    def _listen(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("request", lambda request: self._must_be_ours(request.url))
        page.on("response", self._must_succeed)

    def _hear(self, message: ConsoleMessage) -> None:
        # Failed requests are judged by their status, where an expected one can be told from a fault.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"{message.text} at {message.location.get('url')}")

    def _must_be_ours(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.home).netloc:
            self.troubles.append(f"foreign: {url}")

    def _must_succeed(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.troubles.append(f"{response.status}: {response.url}")

    def must_be_quiet(self) -> None:
        assert not self.troubles, "\n".join(self.troubles)

    def may_meet(self, status: int) -> None:
        """An answer with this status is what the test is about."""
        self.expected.add(status)

    # Going

    def open(self, path: str) -> None:
        self.page.goto(self.home + path)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def sign_in(self, user: Any) -> None:
        """Signed in already: the form for it has a test of its own."""
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": self.home}]
        )

    # Doing, by the words on the page

    def button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=words, exact=True)

    def press(self, words: str) -> None:
        self.button(words).click()

    def follow(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_role("textbox", name=label).fill(text)

    def tick(self, label: str) -> None:
        self.page.get_by_role("checkbox", name=label).check()

    def choose(self, label: str) -> None:
        self.page.get_by_role("radio", name=label, exact=True).check()

    def select(self, label: str, option: str) -> None:
        self.page.get_by_role("combobox", name=label).select_option(label=option)

    # Seeing

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main, #content").first).to_contain_text(text)

    def sees_not(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)

    def heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def shot(self, name: str, *, whole: bool = True) -> None:
        """Keep what the person sees, for people to look at."""
        path = SHOTS / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, full_page=whole)

    def fits(self) -> None:
        """Nothing is wider than the screen; where scripts are off the page cannot say so itself."""
        wide, screen = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= screen, f"{self.page.url}: {wide} > {screen}"
