"""A person at the keyboard, without a mouse: what they do is what they could do, and every step is counted."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

_MOST_TABS: Final = 400
_FOCUSED: Final = """
() => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.innerText;
  const words = one.getAttribute('aria-label') || label || one.innerText || one.value || '';
  return one === document.body ? '' : words.replace(/\\s+/g, ' ').trim();
}
"""
_CHOSEN: Final = "() => document.activeElement.selectedOptions[0].text.replace(/\\s+/g, ' ').trim()"
_REACHED: Final = "where => Boolean(document.activeElement.closest(where))"


class Hands:
    """Tab, Enter, Space, arrows and letters on one page.

    A step is what the field counts when it compares tools: a page that loads, a required field that is filled, and a
    button, link or disclosure that is used. Going somewhere by Tab is none, and neither is looking.

    Attributes:
        page: what is in front of the person.
        steps: how many there have been since the counting began.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0
        page.on("domcontentloaded", self._page_loaded)

    def _page_loaded(self, _: Page) -> None:
        self.steps += 1

    def start_counting(self) -> None:
        """From the page that is open, the signed-in home page mostly, once it has loaded."""
        self.page.wait_for_load_state()
        self.steps = 0

    def go_to(self, name: str, *, within: str = "body") -> None:
        """Press Tab until the focus is on something of that name.

        Args:
            name: a regular expression for the whole of what it is called.
            within: a CSS selector of the part of the page that it stands in.
        """
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            if re.fullmatch(name, self.focused(), re.IGNORECASE) and self.page.evaluate(_REACHED, within):
                return
        pytest.fail(f"Tab never came to {name!r} in {within} on {self.page.url}")

    def focused(self) -> str:
        """What the focus is on, as it is called."""
        return str(self.page.evaluate(_FOCUSED))

    def use(self, name: str, *, within: str = "body", key: str = "Enter") -> None:
        """Go to a link, a button or a disclosure and use it. One step, and what loads by it is more."""
        self.go_to(name, within=within)
        self.steps += 1
        self.page.keyboard.press(key)

    def follow(self, name: str, to: str, *, within: str = "body") -> None:
        """Use a link or a button that leads to another page, and wait for that.

        Args:
            name: a regular expression for what it is called.
            to: one that the new address must have in it.
            within: a CSS selector of the part of the page that it stands in.
        """
        self.use(name, within=within)
        self.page.wait_for_url(re.compile(to))
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def fill(self, name: str, text: str, *, within: str = "body") -> None:
        """Type into a field, over what stands there, and leave it. One step."""
        self.go_to(name, within=within)
        self.steps += 1
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Shift+Tab")

    def choose(self, name: str, option: str = "", *, within: str = "body", key: str = "ArrowDown") -> None:
        """Choose from a drop-down, by typing how the option begins or with one key. One step.

        Args:
            name: a regular expression for the field.
            option: how the option begins; none to press the key.
            within: a CSS selector of the part of the page that it stands in.
            key: the next option, or "End" for the last.
        """
        self.go_to(name, within=within)
        self.steps += 1
        if option:
            self.page.keyboard.type(option)
        else:
            self.page.keyboard.press(key)
        chosen = str(self.page.evaluate(_CHOSEN))
        assert chosen.startswith(option), f"{name}: {chosen}"

    def take(self, name: str, *, within: str = "body") -> None:
        """Tick a box, or take the first of several radios. One step."""
        self.use(name, within=within, key="Space")

    def next_radio(self) -> str:
        """Take the next of several radios instead, and give its name. A further thought on the same field: no step."""
        self.page.keyboard.press("ArrowDown")
        return self.focused()

    def back_to_the_top(self) -> None:
        """To the first thing on the page, where Tab begins anew."""
        self.page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }")
        self.page.locator("body").focus()
