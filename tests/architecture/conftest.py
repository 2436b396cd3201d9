"""Lets a measure of the house be shown at the end of a run, passed or not."""

from collections.abc import Callable

import pytest

_SAID = pytest.StashKey[list[str]]()


@pytest.fixture
def record_kernel_size(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Takes a line for the summary."""
    return pytestconfig.stash.setdefault(_SAID, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Shows what was recorded."""
    for line in config.stash.get(_SAID, []):
        terminalreporter.write_line(line)
