"""The page that `make faults` leaves behind."""

import pytest

pytest_plugins = ["pytester"]

SUITE = '''
import pytest

@pytest.mark.parametrize("how", ["kill", "term"])
def test_killed(record_property, how):
    """Nothing acknowledged is lost when the server is killed.

    More about it.
    """
    record_property("kills", 20)
    record_property("lost", 0)

def test_flood():
    assert False

@pytest.fixture
def broken(): raise RuntimeError

def test_never_begun(broken):
    """A bar | in a name."""
'''


def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, engine: str) -> str:
    monkeypatch.setenv("LIANXIN_TEST_ENGINE", engine)
    pytester.makepyfile(test_some=SUITE)
    pytester.runpytest_inprocess("-p", "tests.faults.report", "-p", "no:cacheprovider")
    return (pytester.path / "docs" / "faults.md").read_text()


def test_each_test_has_a_row(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    page = run(pytester, monkeypatch, "sqlite")
    assert "## sqlite: 2 failed, 2 passed, 0.0 minutes" in page
    assert "| Nothing acknowledged is lost when the server is killed [kill] | kills 20, lost 0 | passed | 0.0 |" in page
    assert "| test_flood |  | failed | 0.0 |" in page
    assert r"| A bar \| in a name |  | failed | 0.0 |" in page


def test_the_second_engine_is_added_to_the_first(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    run(pytester, monkeypatch, "sqlite")
    page = run(pytester, monkeypatch, "postgresql")
    assert page.index("## sqlite") < page.index("## postgresql")
    assert "| engines | sqlite and postgresql |" in page


def test_rows_of_another_commit_are_left_out(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    run(pytester, monkeypatch, "sqlite")
    pytester.run("git", "init", "-q")
    author = ("-c", "user.name=a", "-c", "user.email=a@b")
    pytester.run("git", *author, "commit", "-q", "--allow-empty", "-m", "first")
    page = run(pytester, monkeypatch, "postgresql")
    assert "## sqlite" not in page
    assert "| commit | unknown |" not in page
