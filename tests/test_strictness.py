"""No skip goes unnoticed in CI."""

import pytest

pytest_plugins = ["pytester"]

SUITE = """
import pytest

def test_runs(): pass

@pytest.mark.skip(reason="no browser here")
def test_marked(): pass

def test_inside(): pytest.skip("no PostgreSQL here")

@pytest.mark.skipif(True, reason="other engine: PostgreSQL only")
def test_of_the_other_engine(): pass

@pytest.mark.xfail(strict=True, raises=ZeroDivisionError)
def test_known_to_fail(): 1 / 0
"""


def run(pytester: pytest.Pytester, *, ci: str, **files: str) -> pytest.RunResult:
    pytester.makepyfile(**files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CI", ci)
        return pytester.runpytest_inprocess("-p", "tests.strictness", "-p", "no:cacheprovider")


def test_elsewhere_a_skip_is_a_skip(pytester: pytest.Pytester):
    run(pytester, ci="", test_some=SUITE).assert_outcomes(passed=1, skipped=3, xfailed=1)


def test_in_ci_only_the_other_engine_may_be_skipped(pytester: pytest.Pytester):
    result = run(pytester, ci="true", test_some=SUITE)
    result.assert_outcomes(passed=1, skipped=1, failed=1, errors=1, xfailed=1)
    result.stdout.fnmatch_lines(["*test_marked was skipped, which CI=true does not accept: no browser here*"])


def test_in_ci_a_module_that_skips_itself_fails(pytester: pytest.Pytester):
    absent = 'import pytest; pytest.skip("nothing for me", allow_module_level=True)'
    result = run(pytester, ci="true", test_some=SUITE, test_absent=absent)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*test_absent.py was skipped*nothing for me*"])
