"""The two halves of the suite are watched, judged and shown."""

import re
import subprocess
import time
from pathlib import Path

import pytest

from tests import both_engines
from tests.both_engines import NO_ENGINE, ROOT, Run, tell, watch


def run(folder: Path, engine: str, script: str) -> Run:
    log = folder / f"test-{engine}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(["sh", "-c", script], stdout=output)
    return Run(engine, log, process, time.monotonic())


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(both_engines, "ROOT", tmp_path)
    return tmp_path


def test_each_has_a_line_and_its_whole_log(build: Path, capsys: pytest.CaptureFixture[str]):
    runs = [run(build, "sqlite", "echo '.... [ 42%]'; echo '4 passed in 1s'"), run(build, "postgresql", "exit 5")]
    watch(runs, limit=60)
    tell(runs, None)
    said = capsys.readouterr().out
    assert runs[0].progress() == "sqlite 42 %"
    assert ".... [ 42%]" in said
    assert "ok   sqlite      4 passed in 1s" in said
    assert "FAIL postgresql  said nothing" in said
    assert "PostgreSQL was NOT tested" in said


def test_what_hangs_is_killed_and_has_failed(build: Path):
    hanging = run(build, "sqlite", "exec sleep 600")
    watch([hanging], limit=0)
    assert hanging.process.returncode == -9


@pytest.mark.parametrize("path", NO_ENGINE)
def test_what_runs_once_asks_for_no_database(path: str):
    found = ROOT / path
    for file in sorted(found.rglob("*.py")) if found.is_dir() else [found]:
        asked = re.findall(r"\b(?:database|site|site_config|bare_config|whole|probed): \w+", file.read_text())
        assert asked == [], f"{file.relative_to(ROOT)} wants an engine"
