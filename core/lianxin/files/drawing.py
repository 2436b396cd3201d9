"""Having a picture drawn anew by a process of its own."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO
from weakref import WeakKeyDictionary

from lianxin.declarations.refusal import Refused
from lianxin.files.storage import scratch
from lianxin.i18n import N_

AT_ONCE = 2
SECONDS = 20.0
_SCRIPT = Path(__file__).with_name("reencode.py")
_places: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def draw_anew(upload: IO[bytes], field: str | None) -> tuple[IO[bytes], int, int]:
    """The picture as a JPEG in a nameless file, with width and height in pixels. Raises Refused."""
    picture = scratch()
    try:
        async with _place():
            answer = await _ask(upload, picture)
        if "fault" in answer:
            raise _refusal(str(answer["fault"]), field)
    except BaseException:
        picture.close()
        raise
    picture.seek(0)
    return picture, int(answer["width"]), int(answer["height"])


def _place() -> asyncio.Semaphore:
    """One of the few places for pictures being drawn in this process."""
    return _places.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


async def _ask(upload: IO[bytes], picture: IO[bytes]) -> dict[str, int | str]:
    upload.seek(0)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", str(_SCRIPT)), stdin=upload, stdout=picture, stderr=asyncio.subprocess.PIPE, env={}
    )
    try:
        async with asyncio.timeout(SECONDS):
            _, said = await process.communicate()
    except TimeoutError:
        return {"fault": "unreadable"}
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    # A process that was killed at its limit has said nothing.
    with suppress(ValueError, IndexError):
        answer: dict[str, int | str] = json.loads(said.decode(errors="replace").strip().splitlines()[-1])
        return answer
    return {"fault": "unreadable"}


def _refusal(fault: str, field: str | None) -> Refused:
    if fault == "pixels":
        text = N_("This picture has too many pixels to be opened here. Take the photo at a smaller size and send that.")
        return Refused("files.pixels", text, status=422, field=field)
    text = N_("This picture can't be opened; it may be damaged. Take the photo once more.")
    return Refused("files.unreadable", text, status=422, field=field)
