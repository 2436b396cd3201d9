"""Procedures whose days don't count (Administrative Licence Law, article 45), in words."""

from __future__ import annotations

from typing import Any, Final

from lianxin.api import N_

SPECIAL_TITLES: Final[dict[str, Any]] = {
    "assessment": N_("an assessment by experts"),
    "hearing": N_("a hearing"),
    "inspection": N_("a test or inspection"),
}
