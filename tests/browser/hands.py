"""Somebody who has a keyboard and no mouse, and who knows the page by its accessible names, as a screen reader tells them."""

import re
from urllib.parse import urlencode

from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from navet.outbox import relay

# An item of Playwright's snapshot: - button "Spara", or - 'button "Alla kom: 5A"' where YAML wants quotes.
FOCUSED = re.compile(r"""- '?(?P<role>[a-z]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?""")
MOST_TABS = 250
FIRST = "Hoppa till innehållet"  # where every lap of a page begins
# What htmx notes when the next letter or choice replaces a request that is under way.
REPLACED = ("htmx:afterRequest", "htmx:sendAbort")
# Every rule is run; of what passes axe tells one node a rule, not all with their selectors, which took a third of its time.
FAULTS_ALONE = {"resultTypes": ["violations"]}
# A quick look at what its name may be made of, so that the browser is asked for the real one only where it matters.
WORDS_OF_FOCUSED = """() => {
    const here = document.activeElement;
    const labels = [...(here.labels ?? [])].map((label) => label.textContent);
    const own = here === document.body ? "" : here.textContent;
    return [here.ariaLabel, here.title, ...labels, own].join(" ").replace(/\\s+/g, " ").trim();
}"""


class Hands:
    """Tab, arrows, Space, Enter and letters; `page` is there to look at, not to click in."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page, self.scripts = page, scripts
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._response)

    def _console(self, message) -> None:
        # Chromium reports every answer of 400 and up here; the tests look at the answers themselves.
        expected = ("Failed to load resource", *REPLACED)
        if message.type == "error" and not message.text.startswith(expected):
            self.complaints.append(message.text)

    def _response(self, response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def go(self, path: str) -> "Hands":
        """Type an address."""
        self.page.goto(path)
        return self

    def focused(self) -> tuple[str, str]:
        """Role and accessible name of what has the focus, as assistive technology is told them."""
        here = self.page.locator("*:focus")
        match = FOCUSED.match(here.first.aria_snapshot()) if here.count() else None
        return (match["role"], (match["name"] or "").replace('\\"', '"')) if match else ("", "")

    def to(self, role: str, name: str) -> "Hands":
        """Tab on until something of that role has the focus and `name` in its accessible name; one lap at most."""
        seen = []
        for _step in range(MOST_TABS):
            words = self.page.evaluate(WORDS_OF_FOCUSED) if self.scripts else self.focused()[1]
            if name in words and self.focused()[0] == role and name in self.focused()[1]:
                return self
            seen.append(words)
            if seen.count(FIRST) == 2:
                break
            self.page.keyboard.press("Tab")
        found = "\n".join(dict.fromkeys(seen))
        raise AssertionError(f"no {role} with “{name}” by Tab, but\n{found}\non the page\n{self.text()}")

    def follow(self, name: str) -> "Hands":
        """Tab to a link and open it."""
        return self._open("link", name)

    def press(self, name: str) -> "Hands":
        """Tab to a button and press it; waits for the page it leads to."""
        return self._open("button", name)

    def _open(self, role: str, name: str) -> "Hands":
        self.to(role, name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def write(self, label: str, text: str, role: str = "textbox") -> "Hands":
        """Tab to a field and write in it, in place of what is there."""
        self.to(role, label)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        return self

    def ask(self, label: str, text: str, role: str = "textbox") -> "Hands":
        """Write, and wait until the page shows what the server says to the last letter, not to one before."""
        with self.page.expect_response(lambda answer: urlencode({"": text})[1:] in answer.url):
            self.write(label, text, role)
        rests(self.page)
        return self

    def number(self, label: str, text: str) -> "Hands":
        return self.write(label, text, role="spinbutton")

    def choose(self, label: str, option: str) -> "Hands":
        """Tab to a list and go down to the option."""
        self.to("combobox", label)
        shown = self.page.locator("*:focus option:checked")
        for _step in range(MOST_TABS):
            if shown.inner_text().strip() == option:
                return self
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no “{option}” in the list “{label}”")

    def tick(self, label: str, role: str = "checkbox") -> "Hands":
        self.to(role, label)
        self.page.keyboard.press("Space")
        return self

    def to_field(self, label: str) -> "Hands":
        """Tab to the first part of a date or time field, which tells no name of its own while a part has the focus."""
        field = self.page.get_by_label(re.compile(rf"^{label}\b"))
        for _step in range(MOST_TABS):
            if field.evaluate("field => field === document.activeElement"):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no field “{label}” by Tab")

    def says(self, text: str) -> "Hands":
        """Wait until the page shows the text; what the device keeps hidden has the same words."""
        self.page.get_by_text(text).filter(visible=True).first.wait_for()
        return self

    def text(self) -> str:
        return self.page.locator("main").inner_text()


def relay_mails() -> int:
    """What the worker does every few seconds."""
    return relay.relay(timezone.now())


def rests(page: Page) -> None:
    """Wait until htmx has put in what was answered. By looking: the page's policy forbids waiting by a script of ours."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def faults(page: Page) -> list[str]:
    """What axe finds, rule by rule, with where it is."""
    answer = Axe().run(page, options=FAULTS_ALONE).response
    return [
        f"{fault['id']}: {node['html'][:150]}" for fault in answer["violations"] for node in fault["nodes"]
    ]
