"""Demonstrations made once, a browser for each module."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from lianxin.testing.browser import chromium
from lianxin.testing.processes import Engine, MadeDemo, Served, made_demo, served


@pytest.fixture(scope="session")
def demo_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Engine], MadeDemo]]:
    """The demonstration on an engine, made when it is first asked for."""
    made: dict[Engine, MadeDemo] = {}
    with ExitStack() as stack:

        def ask(engine: Engine) -> MadeDemo:
            if engine not in made:
                folder = tmp_path_factory.mktemp("demo") / engine
                made[engine] = stack.enter_context(made_demo(folder, engine))
            return made[engine]

        yield ask


@pytest.fixture(scope="module")
def site(demo_of: Callable[[Engine], MadeDemo], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One process on SQLite, for what does not depend on either."""
    with served(demo_of("sqlite"), tmp_path_factory.mktemp("logs")) as running:
        yield running
        assert running.faults == []


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """The browser. A module's own: while it is open, no other loop can run in this thread."""
    with chromium() as browser:
        yield browser
