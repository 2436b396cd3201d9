"""What may stand in a public notice."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from lianxin.api import N_

_NUMBERS: Final = re.compile(r"\d[\d\s\-—_.]{4,}")
_PLACES: Final = re.compile(
    r"\d+\s*(号|室|栋|幢|单元|组|楼|弄|巷)|[一二三四五六七八九十]+(组|单元|栋)|(路|街|巷|弄)\s*\d"
)
_ILLNESS: Final = re.compile(
    r"病|癌|瘤|肿|炎|症|透析|艾滋|感染|综合征|精神分裂|抑郁|白血|尿毒|瘫|手术|"
    r"cancer|tumou?r|disease|illness|hiv|dialysis|depress|schizo|stroke|diabet",
    re.IGNORECASE,
)


def fault_of_words(text: str) -> Any | None:
    """Why these words may not be posted; None for words that may. They are shortened facts, never a story."""
    plain = unicodedata.normalize("NFKC", text)
    if _NUMBERS.search(plain):
        return N_("No ID number, phone or account number may be posted.")
    if _PLACES.search(plain):
        return N_("No address may be posted.")
    if _ILLNESS.search(plain):
        return N_("Nothing about an illness may be posted.")
    return None
