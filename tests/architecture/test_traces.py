"""The tree speaks of itself only: no package registry's host, no path of the machine that someone worked on."""

import re

import pytest

from tests.architecture.reading import ROOT, project_files

# Written in pieces, so that this file does not hold what it looks for.
HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org")
TRACES = re.compile(
    "|".join(
        [
            *(re.escape(host) for host in HOSTS),
            r"/ro" + r"ot/",
            r"/wor" + r"k/(main|steering|shared)\b",
            r"/tm" + r"p/bash_",
            r"\.\./sha" + r"red\b",
            r"/op" + r"t/(py" + r"pi|wheels)",
        ]
    )
)
THIS_FILE = "tests/architecture/test_traces.py"


def traces(text: str) -> list[tuple[int, str]]:
    """Line and words of each trace."""
    lines = enumerate(text.splitlines(), start=1)
    return [(number, match[0]) for number, line in lines for match in TRACES.finditer(line)]


def test_no_file_names_a_registry_or_a_machine():
    found = []
    for path in project_files():
        name = path.relative_to(ROOT).as_posix()
        if name != THIS_FILE:
            text = path.read_bytes().decode("utf-8", errors="ignore")
            found += [f"{name}:{number} holds {what}" for number, what in traces(text)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "# from https://files.python" + "hosted.org/packages/x",
        "--index-url https://py" + "pi.org/simple",
        "see /wor" + "k/main/core",
        'open("/ro' + 'ot/x")',
        "as in ../sha" + "red/design.md",
    ],
)
def test_a_trace_is_found(text: str):
    assert len(traces(f"first\n{text}")) == 1
    assert traces(f"first\n{text}")[0][0] == 2


def test_ordinary_words_are_no_trace():
    assert traces("the work/main question; at the root / of it; shared by all; deb packages") == []


def test_the_lock_pins_by_hash_and_names_no_source():
    lock = (ROOT / "requirements.lock").read_text()
    pins = [line for line in lock.splitlines() if re.match(r"[a-z0-9]", line, re.IGNORECASE)]
    assert len(pins) > 40
    assert all(re.match(r"[\w.\-\[\]]+==[\w.!+]+", pin) for pin in pins)
    assert all(len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", each)) for each in re.split(r"\n(?=\w)", lock)[1:])
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", lock)
