"""What `lianxin check` asks about papers: whether a Chinese notice can be drawn here, and how rare a name may be."""

from __future__ import annotations

from typing import Any, Final

from lianxin.api import N_, Check, Verdict
from lianxin_eservices.documents.drawing import FAMILY, fonts

_COVERING_MORE: Final = ("CJK", "Ming", "Song", "Han", "Plangothic", "HanaMin", "Jigmo")
"""Words in the names of fonts that draw what the shipped one lacks."""


async def _can_draw(_config: Any) -> Verdict:
    families = fonts().families()
    if FAMILY not in families:
        return Verdict(
            "error",
            N_("The font of notices is missing; Chinese would be empty boxes."),
            N_("Install lianxin anew: documents/fonts belongs to it."),
        )
    if any(word in family for family in families if family != FAMILY for word in _COVERING_MORE):
        return Verdict("ok", N_("Notices can be drawn, names in very rare characters too."))
    return Verdict(
        "ok",
        N_("Notices can be drawn, with every character of the state's general list."),
        N_("For names in characters beyond it install a large font, for instance the package fonts-noto-cjk."),
    )


CHECKS: Final = (Check("notices", N_("Written notices as PDF"), _can_draw),)
