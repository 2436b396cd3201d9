"""What may be ticked on a list of corrections."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lianxin.api import Actor, Asked, MatterInfo, get_settings
from lianxin_eservices import forms
from lianxin_eservices.actions.handling import guide_of
from lianxin_eservices.models import GivenMaterial
from lianxin_eservices.rules.application import AT_DESK, GIVEN, NEEDED
from lianxin_eservices.rules.sentences import lines_for, sentences_of
from lianxin_eservices.settings import EservicesSettings


async def ask_what_is_missing(matter: MatterInfo, actor: Actor, now: datetime) -> Asked:
    """Sentences to tick about each paper of the case, in Chinese as the notice is; what else there is, is typed."""
    return Asked(forms.CorrectionForm, choices={"usual": await _usual(matter.id)})


async def ask_what_is_missing_again(matter: MatterInfo, actor: Actor, now: datetime) -> Asked:
    """The same for a second list."""
    return Asked(forms.CorrectAgainForm, choices={"usual": await _usual(matter.id)})


async def _usual(matter_id: UUID) -> list[tuple[str, str, str]]:
    guide = await guide_of(matter_id)
    states = (GIVEN, AT_DESK, NEEDED)
    there = {each.code for each in await GivenMaterial.filter(matter_id=matter_id, state__in=states)}
    papers = [each.name.zh for each in guide.materials if each.code in there]
    sentences = sentences_of((await get_settings(EservicesSettings)).correction_sentences)
    return [(line, line, "") for line in lines_for(sentences, papers)]
