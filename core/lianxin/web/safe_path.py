"""Where a page may lead back to: an address of this site, and nothing else."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_ALLOWED = re.compile(r"/[A-Za-z0-9\-._~%!$&'()*+,;=:@/?]*")


def safe_path(text: str, otherwise: str = "/") -> str:
    """`text` when it is a plain relative address of this site ("/desk/?view=mine"), else `otherwise`.

    Refused are whatever a browser could take for another host, in any number of encodings: "//", a backslash, control
    characters, a scheme (OWASP ASVS 3.7.2).
    """
    seen = text
    for _ in range(4):
        if not _is_plain(seen):
            return otherwise
        once_more = unquote(seen)
        if once_more == seen:
            break
        seen = once_more
    else:
        return otherwise
    parts = urlsplit(text)
    return text if _ALLOWED.fullmatch(text) and not parts.scheme and not parts.netloc else otherwise


def _is_plain(text: str) -> bool:
    return text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
