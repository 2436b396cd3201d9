"""What the plugin writes into the audit trail, in words."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, Deed

DEEDS: Final = (
    Deed("eservices.authorise", N_("Let somebody act for her")),
    Deed("eservices.revoke", N_("Took back that somebody may act for her")),
    Deed("eservices.take_draft", N_("Took over what her proxy had begun")),
    Deed("eservices.take_case", N_("Took over what her proxy had applied for")),
    Deed("eservices.put_aside", N_("Put an application aside with a slip")),
    Deed("eservices.take_up", N_("Went on with an application by its slip")),
    Deed("eservices.wrong_person_asked", N_("Said that an application was entered for the wrong person")),
    Deed("eservices.wrong_person_moved", N_("Confirmed that an application is another person’s, and moved it")),
    Deed("eservices.wrong_person_declined", N_("Left an application with the person it was entered for")),
    Deed("eservices.household_witness", N_("Saw a consent to the check of a household’s finances signed")),
    Deed("eservices.household_taken_back", N_("Wrote down at the desk that a consent of a household was taken back")),
    Deed("eservices.look_with", N_("Looked at somebody’s page at her or his wish")),
    Deed("eservices.paper_used_at_desk", N_("Used a kept paper of somebody who stood at the desk and said yes")),
    Deed("eservices.copy", N_("Gave out a copy of a document")),
    Deed("eservices.items_imported", N_("Imported guides of services")),
    Deed("eservices.items_published", N_("Published guides of services")),
    Deed("eservices.item_begun", N_("Began to change a guide")),
    Deed("eservices.item_changed", N_("Changed a guide that is not public yet")),
    Deed("eservices.item_draft_dropped", N_("Dropped a change of a guide")),
    Deed("eservices.item_published", N_("Published a guide")),
    Deed("eservices.item_set_live", N_("Put an earlier guide back")),
    Deed("eservices.item_withdrawn", N_("Withdrew a service")),
    Deed("eservices.item_offered", N_("Offered a service again")),
)
