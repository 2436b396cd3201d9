"""Somebody who has only a keyboard: goes from stop to stop, sees where she is at each, and presses Enter or Space."""

from collections.abc import Callable

from playwright.sync_api import FilePayload, Page

from tests.journeys.words import Words

MOST_STOPS = 240
MOST_CHOICES = 40
MOST_ROUNDS = 3
# What has the focus can be seen to have it: the ring is on it, or in the colour of the ring around its field; and no
# bar lies over the whole of it. Shadows in other colours are only how a card looks.
_LOST = """
() => {
  const el = document.activeElement;
  if (!el || el === document.body) return 'nothing has the focus';
  const colour = document.createElement('i');
  colour.style.color = 'var(--focus)';
  document.body.append(colour);
  const focus = getComputedStyle(colour).color;
  colour.remove();
  const outlined = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  let ring = outlined(getComputedStyle(el));
  for (let up = el.parentElement, steps = 0; up && steps < 2; up = up.parentElement, steps += 1)
    ring = ring || outlined(getComputedStyle(up)) || getComputedStyle(up).boxShadow.includes(focus);
  if (!ring) return 'it has no ring';
  const shown = el.closest('label.pick') || el;
  const seen = [...shown.getClientRects()].some((box) => [.1, .5, .9].some((x) => [.1, .5, .9].some((y) =>
    shown.contains(document.elementFromPoint(box.left + x * box.width, box.top + y * box.height)))));
  return seen ? '' : 'it is out of sight';
}
"""
_IS_IT = """
([selector, words]) => {
  const el = document.activeElement;
  if (!el || !el.matches(selector)) return false;
  const said = [...el.childNodes].filter((one) => one.nodeName !== 'KBD').map((one) => one.textContent).join('');
  return !words || said.trim() === words;
}
"""
_HERE = "(document.activeElement || document.body).outerHTML.slice(0, 200)"


class Keys:
    """A page, and the keys of a keyboard."""

    def __init__(self, page: Page, words: Words) -> None:
        self.page = page
        self.words = words
        # From now on files are asked for here: begun only as the key goes down, it may come too late.
        page.on("filechooser", lambda _: None)

    def assert_seen(self) -> None:
        """The place one is at shows that one is there."""
        lost = self.page.evaluate(_LOST)
        assert not lost, f"{self.page.url}: {lost}: {self.page.evaluate(_HERE)}"

    def reach(self, selector: str, msgid: str = "") -> None:
        """By Tab until it has the focus; each stop on the way shows that it is one."""
        wanted = [selector, self.words(msgid) if msgid else ""]
        # After the last stop come the browser's own bars, then the first again. What others do meanwhile may draw the
        # part anew in which she stands: then she goes on from the top, as she would.
        ends = 0
        for _ in range(MOST_STOPS):
            if self.page.evaluate(_IS_IT, wanted):
                self.assert_seen()
                return
            self.page.keyboard.press("Tab")
            ends += self.page.evaluate("document.activeElement === document.body")
            if ends > MOST_ROUNDS:
                break
            if not ends or self.page.evaluate("document.activeElement !== document.body"):
                self.assert_seen()
        raise AssertionError(f"{wanted} is not reached by the keyboard on {self.page.url}")

    def enter(self, key: str = "Enter") -> None:
        """What has the focus is followed or sent, and another page comes: a new line in the history is none."""
        with self.page.expect_event("load"):
            self.page.keyboard.press(key)

    def follow(self, href: str) -> None:
        """A link, by where it leads."""
        self.reach(f'a[href="{href}"]')
        self.enter()

    def press(self, msgid: str, key: str = "Enter") -> None:
        """A button or a link that looks like one, by its words."""
        self.reach("#main button, #main a", msgid)
        self.enter(key)

    def write(self, selector: str, text: str) -> None:
        """Into a field."""
        self.reach(selector)
        self.page.keyboard.type(text)

    def send(self, selector: str, text: str) -> None:
        """Into a field, then Enter."""
        self.write(selector, text)
        self.enter()

    def tick(self, selector: str) -> None:
        """A box, by Space."""
        self.reach(selector)
        self.page.keyboard.press("Space")
        assert self.page.evaluate("document.activeElement.checked")

    def choose(self, name: str, right: Callable[[str], bool] = bool) -> None:
        """One of several: Tab leads to the group, the arrows from one to the next, Space takes the first."""
        self.reach(f"input[name={name}]")
        self.page.keyboard.press("Space")
        for _ in range(MOST_CHOICES):
            value, checked = self.page.evaluate("[document.activeElement.value, document.activeElement.checked]")
            assert checked
            self.assert_seen()
            if right(value):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no choice of {name} is the right one on {self.page.url}")

    def give(self, selector: str, file: FilePayload) -> None:
        """A file, chosen in the window that Space opens from the field."""
        self.reach(selector)
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Space")
        opened.value.set_files(file)
