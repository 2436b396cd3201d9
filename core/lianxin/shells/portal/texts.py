"""Pages of plain words."""

from __future__ import annotations

from lianxin.api import Visit, _
from lianxin.shells.portal.pages import TextPage


async def show_privacy(visit: Visit) -> TextPage:
    """How personal data are handled, in plain words (PIPL art. 17)."""
    return TextPage(
        _("How we handle what you tell us"),
        (
            _("We ask only for what your matter needs, and say why before we ask."),
            _("ID numbers, telephone numbers and photos of papers are kept encrypted. Staff see them masked."),
            _(
                "Whoever reads one in full must say why, and it is written down. "
                "You can see who did under “My account”."
            ),
            _("You may withdraw a consent at any time. What the law makes us keep is kept and not used."),
            _("If you want something corrected or erased, or don't understand a page, call us or come in."),
        ),
    )


async def show_accessibility(visit: Visit) -> TextPage:
    """What this site does for those who see, hear, read or move differently."""
    return TextPage(
        _("Easy to use for everybody"),
        (
            _("“Easy view” at the top of each page makes letters and buttons large and pages short."),
            _("Every page can be read aloud by your phone, used without a mouse, and printed large."),
            _("You never have to use this site: everything can be done by telephone or at the desk."),
            _("If something does not work for you, call us. We do it for you and mend the page."),
        ),
    )
