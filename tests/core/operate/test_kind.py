"""A demonstration lets anybody in; so nothing can make a real site one."""

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from lianxin.commands import command
from lianxin.config import ConfigError, load_config
from lianxin.data.connection import open_database
from lianxin.operate.kind import check_kind, mark_demonstration
from lianxin.testing.database import ENGINE

needs_sqlite = pytest.mark.skipif(ENGINE != "sqlite", reason="other engine: init makes its own SQLite file here")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A site as `lianxin init` makes it."""
    folder = tmp_path / "site"
    words = ["init", str(folder), "--base-url", "http://127.0.0.1:8000", "--plugins", "", "--administrator", "root"]
    answer = CliRunner().invoke(command, [*words, "--name", "罗俊", "--password", "a long enough phrase"])
    assert answer.exit_code == 0, answer.output
    return folder


@needs_sqlite
@pytest.mark.anyio
async def test_a_site_that_init_made_refuses_to_be_a_demonstration(made: Path, now: datetime) -> None:
    config = load_config(made, {"LIANXIN_DEMO": "true"})
    assert config.demo
    async with open_database(config):
        with pytest.raises(ConfigError, match="was not made by `lianxin demo`"):
            await check_kind(config)
        with pytest.raises(ConfigError, match="has people in it"):
            await mark_demonstration(now)


@needs_sqlite
def test_init_never_overwrites_a_site(made: Path) -> None:
    words = ["init", str(made), "--base-url", "http://127.0.0.1:8000", "--plugins", "", "--administrator", "root"]
    answer = CliRunner().invoke(command, [*words, "--name", "罗俊", "--password", "a long enough phrase"])
    assert answer.exit_code == 1
    assert "holds a site already" in answer.output
