"""What a scanner types into the desk's one box: an address of ours, as receipts, notices and slips carry it."""

from __future__ import annotations

import unicodedata
from urllib.parse import parse_qs, urlsplit

from lianxin.api import InvalidValue, Visit, find_visible, parse_code, safe_path


async def scanned(visit: Visit, text: str) -> str:
    """Where an address of this site leads; nothing when it is none.

    A matter's code in it leads to the matter, where this colleague sees it; each other page guards itself. A keyboard
    set to Chinese makes full-width signs of what the scanner types.
    """
    parts = urlsplit(unicodedata.normalize("NFKC", text).strip())
    if parts.scheme not in ("http", "https") or parts.netloc.lower() not in visit.site.config.allowed_hosts:
        return ""
    for asked in (parts.path.rsplit("/", 1)[-1], *parse_qs(parts.query).get("code", [])):
        code = code_in(asked)
        if code and await find_visible(code, visit.actor):
            return visit.url("desk:matter", code=code)
    return safe_path(f"{parts.path}?{parts.query}" if parts.query else parts.path, "")


def code_in(text: str) -> str:
    """The code that somebody typed or scanned; nothing when it is none."""
    try:
        return parse_code(text)
    except InvalidValue:
        return ""
