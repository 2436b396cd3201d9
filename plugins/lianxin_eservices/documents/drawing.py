"""Notices as PDF, set by typst in a thread beside the loop. What people wrote goes in as data, never as its code."""

from __future__ import annotations

import asyncio
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from weakref import WeakKeyDictionary

from lianxin_eservices.rules.notices import NoticeText

if TYPE_CHECKING:
    import typst  # seven megabytes, which a process that draws no notice can do without

FAMILY: Final = "Noto Serif SC"
_HERE: Final = Path(__file__).parent
_AT_ONCE: Final = 2
_places: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
_one_by_one = threading.local()


async def draw_pdf(notice: NoticeText) -> bytes:
    """An A4 paper with text that can be copied. At most two are drawn at once; the loop waits for none."""
    place = _places.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))
    async with place:
        return await asyncio.to_thread(draw, notice, "pdf")


def draw(notice: NoticeText, kind: Literal["pdf", "png"], *, dots_an_inch: float = 96) -> bytes:
    """The paper, or a picture of its first page. Blocks: about ten milliseconds, the first time a hundred."""
    drawn = _compiler().compile(
        format=kind, ppi=dots_an_inch, sys_inputs={"notice": notice.to_text()}, timestamp=0, pdf_tags=True
    )
    first = drawn[0] if isinstance(drawn, list) else drawn
    assert first is not None  # it is only without an answer where a file is to be written
    return first


def _compiler() -> typst.Compiler:
    """One a thread: a compiler keeps what it was last given."""
    found: typst.Compiler | None = getattr(_one_by_one, "compiler", None)
    if found is None:
        import typst

        found = _one_by_one.compiler = typst.Compiler(str(_HERE / "notice.typ"), root=str(_HERE), font_paths=fonts())
    return found


@cache
def fonts() -> typst.Fonts:
    """The font that ships with the plugin; for the rarest characters those of this machine as well."""
    import typst

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")])
