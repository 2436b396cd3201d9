"""How I want to be reached: by which ways, and at what hours nothing rings."""

from __future__ import annotations

from datetime import time
from typing import Final

from lianxin.api import (
    N_,
    NIGHT,
    Quiet,
    See,
    Visit,
    _,
    choose_reach,
    list_channels,
    reach_of,
    record,
    unit_of_work,
)
from lianxin.shells.account.mine.forms import ReachForm
from lianxin.shells.account.mine.matters import whose
from lianxin.shells.account.mine.pages import OneFormPage

HOURS: Final = {
    "night": (NIGHT, N_("Not between 21:00 and 7:00")),
    "long": (Quiet(time(20), time(8)), N_("Not between 20:00 and 8:00")),
    "none": (Quiet(time(0), time(0)), N_("At any hour")),
}


async def show_reach(visit: Visit) -> OneFormPage:
    """What reaches her by itself; everything stands in the account whatever she chooses."""
    reach = await reach_of(whose(visit))
    known = list_channels()
    chosen = [name for name, channel in known.items() if reach.chosen.get(name, channel.rings)]
    hours = next((name for name, (quiet, _said) in HOURS.items() if quiet == reach.quiet), "night")
    form = visit.form(
        ReachForm,
        visit.url("account:choose_reach"),
        {"channels": chosen, "hours": hours},
        choices={
            "channels": [(name, str(channel.title), "") for name, channel in known.items()],
            "hours": [(name, str(said), "") for name, (_quiet, said) in HOURS.items()],
        },
    )
    return OneFormPage(_("How we reach you"), form, visit.url("account:profile"), "")


async def keep_reach(visit: Visit, form: ReachForm) -> See:
    """Names that are no channel are not kept; one that is not named is switched off."""
    channels = {name: name in form.channels for name in list_channels()}
    quiet = HOURS[form.hours][0]
    async with unit_of_work():
        await choose_reach(whose(visit), channels, quiet, now=visit.now)
        await record(
            "messages.choose",
            by=visit.actor,
            object_kind="person",
            object_id=whose(visit),
            detail={"channels": [name for name, on in channels.items() if on], "hours": form.hours},
            now=visit.now,
        )
    return See(visit.url("account:profile"), _("We reach you this way from now on."))
