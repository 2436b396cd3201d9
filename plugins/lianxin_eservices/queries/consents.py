"""What applicants agreed to, in words: each service has a consent of its own."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.api import _
from lianxin_eservices.queries.items import list_published
from lianxin_eservices.rules.consent import consent_purpose
from lianxin_eservices.rules.papers import PURPOSE


class ItemConsents:
    """Knows the consents of all services that are published."""

    async def titles(self, purposes: Sequence[str], language: str) -> dict[str, str]:
        """Those of the purposes that are of a service, in this language."""
        own = {PURPOSE: _("Keeping my papers for the next application")}
        guides = {consent_purpose(item.guide): item.guide for item in await list_published()}
        return {key: title for key, title in own.items() if key in purposes} | {
            purpose: _("Application: %(name)s", name=guides[purpose].plain_name.in_language(language))
            for purpose in purposes
            if purpose in guides
        }
