"""Where `next=` may lead: sixty addresses of which none leaves the site (defence in depth of sign-in)."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from lianxin.web.safe_path import safe_path

GOOD = (
    "/",
    "/desk/",
    "/desk/?view=mine&after=abc",
    "/account/m/7K3M92QD",
    "/m/7K3M92QD",
    "/eservices/items/pension?step=2",
    "/search?q=%E4%BD%8E%E4%BF%9D",
    "/a/b/../c",
    "/files/0192-aa",
    "/account/area?above=510821107",
)
BAD = (
    "",
    "desk",
    "http://evil.example",
    "https://evil.example/",
    "HTTPS://evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,hello",
    "vbscript:x",
    "mailto:a@evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "//evil.example/%2e%2e",
    "//user@evil.example",
    "//127.0.0.1",
    "//[::1]/",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "/\\\\evil.example",
    "\\evil.example",
    "/a\\b",
    "%2f%2fevil.example",
    "/%2fevil.example",
    "/%2Fevil.example",
    "/%252fevil.example",
    "/%25252fevil.example",
    "/%2525252fevil.example",
    "/%252525252fevil.example",
    "/%5cevil.example",
    "/%5C%5Cevil.example",
    "/%255cevil.example",
    "/\tevil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "/%0a/evil.example",
    "/%09/evil.example",
    "/%2509/evil.example",
    "/\x00/evil.example",
    "/%00/evil.example",
    "/\x7f/evil.example",
    " //evil.example",
    " /desk/",
    "/ /evil.example",
    "/\u2028/evil.example",
    "/\u00a0/evil.example",
    "/\u200b/evil.example",
    "/\u202e/evil.example",
    "/／evil.example",
    "／／evil.example",
    "/。evil.example",
    "?next=//evil.example",
    "#//evil.example",
    ".evil.example",
    "@evil.example",
    ":80/",
    "https:evil.example",
    "https:/evil.example",
    "/<script>",
    '/"onload=',
)


@pytest.mark.parametrize("path", GOOD)
def test_an_address_of_ours_is_kept(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.parametrize("path", BAD)
def test_what_could_leave_the_site_leads_home(path: str) -> None:
    assert safe_path(path) == "/"
    assert safe_path(path, "/account/") == "/account/"


@pytest.mark.parametrize("path", [bad for bad in BAD if bad.startswith(("//", "/\\"))])
def test_encoding_it_again_does_not_help(path: str) -> None:
    once = "/" + quote(path[1:], safe="")
    twice = "/" + quote(once[1:], safe="")
    assert safe_path(once) == "/"
    assert safe_path(twice) == "/"
