"""Several processes at once, and one that is killed at the worst moment."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from lianxin.config import Config
from lianxin.data.migrate import pending
from lianxin.testing.database import Template
from tests.core.data.migrate.packages import write_package
from tests.core.data.migrate.test_loop import FIRST, MODELS, NOTHING, SECOND, opened, picture, rows

SCRIPT = Path(__file__).with_name("migrating.py")
LINES = 8  # what one run reports: two operations and a record, four operations more and theirs


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which packages can be imported, here and in the processes."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


@pytest.fixture
def plugin(path: Path) -> tuple[str, str]:
    """One with two migrations."""
    texts = {"0001_initial": FIRST, "0002_seats": SECOND.replace("MIDDLE", NOTHING)}
    return "booking", write_package(path, MODELS, texts)


def start(config: Config, path: Path, plugin: tuple[str, str], kill_at: int | None = None) -> subprocess.Popen[str]:
    asked = {
        "folder": str(config.folder),
        "database": config.database,
        "path": str(path),
        "plugins": [plugin],
        "kill_at": kill_at,
    }
    return subprocess.Popen([sys.executable, str(SCRIPT), json.dumps(asked)], stdout=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    answer: dict[str, Any] = json.loads(out)
    return answer


def test_of_three_at_once_one_migrates(site_config: Config, path: Path, plugin: tuple[str, str]) -> None:
    processes = [start(site_config, path, plugin) for _ in range(3)]
    done = sorted((finished(process)["done"] for process in processes), key=len)
    assert done == [[], [], ["booking.0001_initial", "booking.0002_seats"]]
    assert asyncio.run(pending(site_config, [plugin])) == []


@pytest.mark.fault
def test_killed_at_any_operation_the_next_run_completes(
    database_template: Template, tmp_path: Path, path: Path, plugin: tuple[str, str]
) -> None:
    expected: list[Any] = []
    for moment in [None, *range(LINES)]:
        with copied(database_template, tmp_path, str(moment)) as config:
            process = start(config, path, plugin, moment)
            if moment is None:
                assert len(finished(process)["heard"]) == LINES
                expected = asyncio.run(picture(config))
                continue
            process.communicate(timeout=120)
            assert process.returncode == -signal.SIGKILL
            complete(config, path, plugin, expected)


@pytest.mark.fault
def test_killed_at_random_moments_the_next_run_completes(
    database_template: Template, tmp_path: Path, path: Path, plugin: tuple[str, str]
) -> None:
    chance = random.Random(20261124)
    with copied(database_template, tmp_path, "whole") as config:
        begun = time.monotonic()
        finished(start(config, path, plugin))
        took = time.monotonic() - begun
        expected = asyncio.run(picture(config))
    for number in range(20):
        with copied(database_template, tmp_path, f"random{number}") as config:
            process = start(config, path, plugin)
            time.sleep(chance.uniform(took * 0.4, took))
            process.kill()
            process.communicate(timeout=120)
            complete(config, path, plugin, expected)


def complete(config: Config, path: Path, plugin: tuple[str, str], expected: list[Any]) -> None:
    applied = asyncio.run(history(config))
    done = finished(start(config, path, plugin))["done"]
    assert applied + done == ["booking.0001_initial", "booking.0002_seats"]
    assert asyncio.run(picture(config)) == expected


async def history(config: Config) -> list[str]:
    async with opened(config):
        return [
            f"{row['app']}.{row['name']}" for row in await rows("SELECT * FROM migration") if row["app"] != "lianxin"
        ]


class copied:
    """A copy of the empty database for the length of a block."""

    def __init__(self, template: Template, folder: Path, name: str) -> None:
        self._template = template
        self._name = f"{template.name}_{name.lower()}"
        self._folder = folder / name
        self._folder.mkdir()

    def __enter__(self) -> Config:
        return self._template.config(self._folder, self._name)

    def __exit__(self, *_: object) -> None:
        self._template.drop(self._name)
