"""The process that draws pictures anew: bounded, and gone when it is not needed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from lianxin.declarations import Refused
from lianxin.files import drawing
from lianxin.files.models import File
from tests.core.files.corpus import noisy_photo, photo
from tests.core.files.sending import send

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("uploads")]
SCRIPT = Path(drawing.__file__).with_name("reencode.py")


def children() -> list[int]:
    """The drawing processes that run now."""
    return [child.pid for child in psutil.Process().children() if draws(child)]


def draws(child: psutil.Process) -> bool:
    """Whether this is one of them; one that has just ended is none."""
    try:
        return SCRIPT.name in " ".join(child.cmdline())
    except psutil.Error:
        return False


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def run_limited(work: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a line of Python in a process that has the limits of the drawing one."""
    code = f"import sys; sys.path.insert(0, {str(SCRIPT.parent)!r}); import reencode; reencode.limit_process(); {work}"
    return subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=False)


def test_it_has_little_memory() -> None:
    assert run_limited("bytearray(100 << 20)").returncode == 0
    assert b"MemoryError" in run_limited("bytearray(151 << 20)").stderr


def test_it_writes_no_large_files(tmp_path: Path) -> None:
    assert run_limited(f"open({str(tmp_path / 'x')!r}, 'wb').write(bytes(65 << 20))").returncode != 0
    assert (tmp_path / "x").stat().st_size <= 64 << 20


async def test_one_that_takes_too_long_is_ended(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "SECONDS", 0.0)
    with pytest.raises(Refused, match=r"files\.unreadable"):
        await send(photo(), now)
    assert children() == []


async def test_who_goes_away_leaves_neither_process_nor_file(uploads: Path, now: datetime) -> None:
    sending = asyncio.create_task(send(noisy_photo(8), now))
    async with asyncio.timeout(30):
        while not children():  # noqa: ASYNC110 - nobody tells when a process starts
            await asyncio.sleep(0.005)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert children() == []
    assert files_in(uploads) == []
    assert await File.all().count() == 0


async def test_many_at_once_are_drawn_two_at_a_time(now: datetime) -> None:
    most = 0
    sending = asyncio.gather(*(send(photo(), now) for _ in range(8)))
    while not sending.done():
        most = max(most, len(children()))
        await asyncio.sleep(0.002)
    assert len({info.id for info in await sending}) == 8
    assert 1 <= most <= drawing.AT_ONCE
