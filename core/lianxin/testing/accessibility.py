"""What a page owes to everybody: axe finds nothing serious, and nothing is cut off when letters are twice as large."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
SEVERE = ("serious", "critical")
TWICE = "html { font-size: 200% !important }"

# Sideways scroll, boxes wider inside than outside, lines of text that cover one another. `.hide` and the like are for
# the ears only; what scrolls on purpose says so in its style.
_MISFITS = """
() => {
  const found = [];
  const shown = (el) => {
    const box = el.getBoundingClientRect(), style = getComputedStyle(el);
    return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && el.checkVisibility();
  };
  const called = (el) => el.tagName.toLowerCase() + (el.className && el.className.trim ? '.' +
    el.className.trim().split(/\\s+/).join('.') : '') + ' "' + (el.textContent || '').trim().slice(0, 30) + '"';
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) {
    found.push('the page scrolls sideways: ' + root.scrollWidth + ' in ' + root.clientWidth);
  }
  for (const el of document.body.querySelectorAll('*')) {
    if (!shown(el) || el.closest('svg') || el.matches('textarea, select, input:not([type=file])')) continue;
    const style = getComputedStyle(el);
    if (style.display === 'inline' || ['auto', 'scroll'].includes(style.overflowX)) continue;
    if (el.clientWidth && el.scrollWidth > el.clientWidth + 1) {
      found.push(called(el) + ' is ' + el.scrollWidth + ' wide inside and ' + el.clientWidth + ' outside');
    }
  }
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.textContent.trim() || !shown(parent)) continue;
    if (parent.closest('svg, script, style, .hide, .skip, select')) continue;
    let floats = false, clipped = false;
    for (let up = parent; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (['fixed', 'sticky'].includes(style.position)) floats = true;
      if (style.overflowX !== 'visible' || style.overflowY !== 'visible') {
        if (up !== document.body && up !== root) clipped = true;
      }
    }
    if (floats || clipped) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 1 && box.height > 1) texts.push({ node, box, parent });
    }
  }
  for (let i = 0; i < texts.length; i += 1) {
    for (let j = i + 1; j < texts.length; j += 1) {
      const a = texts[i], b = texts[j];
      if (a.node === b.node || a.parent.contains(b.parent) && getComputedStyle(b.parent).display === 'inline' ||
        b.parent.contains(a.parent) && getComputedStyle(a.parent).display === 'inline') continue;
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      // Boxes of lines are taller than their letters: what touches by less than a third of a line is readable.
      if (wide > 2 && high > Math.min(a.box.height, b.box.height) / 3) {
        found.push(called(a.parent) + ' lies over ' + called(b.parent));
      }
    }
  }
  return found;
}
"""


def assert_accessible(page: Page) -> None:
    """axe-core has no serious or critical finding on the page that is open; its context must bypass the policy."""
    findings = severe_findings(page)
    assert not findings, f"{page.url}\n" + "\n".join(findings)


def severe_findings(page: Page) -> list[str]:
    """A line for each element with a serious or critical finding."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    answer: dict[str, Any] = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{rule['impact']} {rule['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for rule in answer["violations"]
        if rule["impact"] in SEVERE
        for node in rule["nodes"]
    ]


def assert_fits_twice(page: Page) -> None:
    """With letters twice as large nothing scrolls sideways, is cut off, or lies over something else."""
    findings = misfits_twice(page)
    assert not findings, f"{page.url}\n" + "\n".join(findings)


def misfits_twice(page: Page) -> list[str]:
    """What does not fit at a root font of 200 %, in words; the page keeps that font."""
    page.add_style_tag(content=TWICE)
    found: list[str] = page.evaluate(_MISFITS)
    return found


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")
