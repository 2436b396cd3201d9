"""What administrators read is in words: each name in the audit trail, each job, has a title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from lianxin.operate.kernel import jobs
from lianxin.shells.admin.deeds import DEEDS

ROOT = Path(__file__).parents[2]
RECORDED = re.compile(r"record\(\s*(?:visit,\s*)?f?\"([a-z_]+\.[a-z_{}]+)\"")
PLUGINS = sorted(folder.name for folder in (ROOT / "plugins").glob("lianxin_*"))


def recorded_in(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.py")):
        yield from RECORDED.findall(path.read_text("utf-8"))


def unnamed(folder: Path, names: set[str]) -> list[str]:
    """Names without a title; one that is put together needs at least one that begins so."""
    return sorted(
        name
        for name in set(recorded_in(folder))
        if not any(each.startswith(name.partition("{")[0]) if "{" in name else each == name for each in names)
    )


def test_every_name_that_the_kernel_records_has_words() -> None:
    names = {deed.name for deed in DEEDS}
    assert unnamed(ROOT / "core", names) == []
    assert unnamed(ROOT / "core", names - {"access.slip"}) == ["access.slip"]
    assert len(set(recorded_in(ROOT / "core"))) > 20


@pytest.mark.parametrize("plugin", PLUGINS)
def test_every_name_that_a_plugin_records_has_words(plugin: str) -> None:
    declared = getattr(import_module(f"{plugin}.plugin"), "deeds", list)()
    assert unnamed(ROOT / "plugins" / plugin, {deed.name for deed in declared}) == []


@pytest.mark.parametrize("plugin", ["", *PLUGINS])
def test_every_job_says_what_it_does(plugin: str) -> None:
    declared = getattr(import_module(f"{plugin}.plugin"), "jobs", list)() if plugin else jobs()
    assert [job.name for job in declared if not job.title] == []
