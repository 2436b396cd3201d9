"""With `CI=true` a test that is skipped has failed: what is not run proves nothing.

The one reason that stands is a test of the other engine, which runs in the other half of the suite: it begins with
"other engine:".
"""

import os
from collections.abc import Generator
from typing import Any

import pytest

ALLOWED = "other engine:"


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The words given to skip(), without pytest's own in front."""
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return told.removeprefix("Skipped: ")


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    expected_failure = hasattr(report, "wasxfail")
    if os.environ.get("CI") != "true" or not report.skipped or expected_failure:
        return
    reason = _reason(report)
    if not reason.startswith(ALLOWED):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, which CI=true does not accept: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, pytest.TestReport]:
    """A skipped test."""
    report: pytest.TestReport = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, pytest.CollectReport]:
    """A skipped module: nothing of it is even counted."""
    report: pytest.CollectReport = yield
    _refuse_skip(report)
    return report
