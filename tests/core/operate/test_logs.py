"""A line of the log is JSON, and says no number of a person, whoever logs it."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from lianxin.operate.logs import set_up_logs

NUMBER, PHONE = "510821194912193124", "13800000001"


@pytest.fixture
def logs() -> Iterator[None]:
    """The program's own logging for one test."""
    root, before = logging.getLogger(), (logging.getLogger().handlers[:], logging.getLogger().level)
    yield
    root.handlers[:], level = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_what_a_library_logs_is_one_clean_line(logs: None, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info")
    try:
        raise ValueError(f"{NUMBER} can't be")
    except ValueError:
        logging.getLogger("some.library").exception("failed for %s", PHONE)
    said = capsys.readouterr().err
    line = json.loads(said)
    assert line["level"] == "error"
    assert line["event"] == "failed for …"
    assert "ValueError: … can't be" in line["exception"]
    assert not {name for name in line if name.startswith("_")}
    assert NUMBER not in said
    assert PHONE not in said


def test_what_we_log_is_one_clean_line(logs: None, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info")
    structlog.get_logger("lianxin.x").info("seen", path=f"/people/{NUMBER}", password="secret", count=3)
    line = json.loads(capsys.readouterr().err)
    assert (line["path"], line["password"], line["count"]) == ("/people/…", "…", 3)
