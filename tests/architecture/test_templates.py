"""Templates: everything is escaped, nothing runs from an attribute, no style hides in one."""

import re
from collections.abc import Iterator

import pytest

from tests.architecture.reading import Finding, Source, templates, told

# Where markup that the program itself has made and cleaned is put into a page, with the reason.
MAY_BE_SAFE: dict[str, str] = {}

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
SPLIT_TAGS = re.compile(r"<[a-zA-Z](?:[^<>\"'{]|\"[^\"]*\"|'[^']*'|\{\{.*?\}\}|\{%.*?%\}|\{)*>", re.DOTALL)
FORBIDDEN = (
    (
        re.compile(r"\|\s*safe\b"),
        "|safe: what people typed would run; let it be escaped, or list the file with a reason",
    ),
    (re.compile(r"\{%-?\s*autoescape\s+false"), "autoescape off: what people typed would run"),
)
FORBIDDEN_IN_TAGS = (
    (
        re.compile(r"[\s\"']on[a-z]+\s*=", re.IGNORECASE),
        "an inline handler: the page's policy refuses it; use a script file",
    ),
    (re.compile(r"[\s\"']hx-on[:\w-]*\s*="), "hx-on: it evaluates text as script, which the page's policy refuses"),
    (re.compile(r"[\s\"']style\s*=", re.IGNORECASE), "a style attribute: the page's policy refuses it; use a class"),
    (re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE), "a javascript: address"),
    (re.compile(r"[\"']js:|[\"']javascript:"), "an htmx value that is evaluated as script"),
)


def breaches(source: Source) -> Iterator[Finding]:
    """What a template may not hold. Comments are not looked at."""
    text = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source.text)
    for pattern, complaint in FORBIDDEN:
        for match in pattern.finditer(text):
            if not (source.path in MAY_BE_SAFE and "safe" in match[0]):
                yield source.finding(_line(text, match.start()), complaint)
    for tag in SPLIT_TAGS.finditer(text):
        for pattern, complaint in FORBIDDEN_IN_TAGS:
            for match in pattern.finditer(tag[0]):
                yield source.finding(_line(text, tag.start() + match.start() + 1), complaint)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def test_templates_hold_nothing_that_runs():
    findings = [finding for source in templates() for finding in breaches(source)]
    assert not findings, told(findings)


def test_the_allow_list_names_files_that_need_it():
    needed = {source.path for source in templates() if re.search(r"\|\s*safe\b", COMMENT.sub("", source.text))}
    assert needed >= MAY_BE_SAFE.keys()
    assert all(MAY_BE_SAFE.values())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{{ note | safe }}", "|safe"),
        ("{{ note|safe|trim }}", "|safe"),
        ("{% autoescape false %}", "autoescape off"),
        ('<a href="/" onclick="go()">', "inline handler"),
        ("<a href='/'\n   onload=go>", "inline handler"),
        ('<body {% if a > b %}data-x{% endif %} onload="go()">', "inline handler"),
        ('<a title="a > b" onclick="go()">', "inline handler"),
        ('<button hx-on:click="go()">', "hx-on"),
        ('<p style="color: red">', "style attribute"),
        ('<p class="{{ "a" if b else "c" }}" style="{{ x }}">', "style attribute"),
        ('<a href="javascript:go()">', "javascript: address"),
        ("<a hx-vals='js:{a: 1}'>", "evaluated as script"),
    ],
)
def test_what_may_not_be_is_found(text: str, complaint: str):
    findings = list(breaches(Source("core/lianxin/web/templates/x.html", f"<p>\n{text}")))
    assert findings
    assert complaint in " ".join(finding.text for finding in findings)
    assert {finding.line for finding in findings} <= {2, 3}


@pytest.mark.parametrize(
    "text",
    [
        "{# {{ note|safe }} onclick= #}",
        "<!-- <p style='x'> -->",
        "{{ note }} {{ safe }} {{ a|safely }}",
        '<link rel="stylesheet" href="/x.css"><p class="style">on time = soon</p>',
        '<a data-once="1" hx-get="/on=1" aria-label="{{ _("Turn on =") }}">',
        '<meta http-equiv="Content-Style-Type">',
    ],
)
def test_what_may_be_is_left_alone(text: str):
    assert not list(breaches(Source("core/lianxin/web/templates/x.html", text)))
