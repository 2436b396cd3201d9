"""What is told in the states that only some cases pass through."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, MessageKind

LOOKED_INTO: Final = MessageKind(
    "eservices.looked_into",
    N_("Two colleagues visit you"),
    N_("%(item)s, code %(code)s: %(who)s look into it at your home. They call you before they come."),
)
LOOK_INTO_DESK: Final = MessageKind(
    "eservices.look_into_desk",
    N_("You are to look into a case"),
    N_("%(item)s, code %(code)s: you go there together with %(other)s. Each of you writes what she found and signs."),
    channels=(),
)
POSTED: Final = MessageKind(
    "eservices.posted",
    N_("Your application is posted"),
    N_("%(item)s, code %(code)s: posted until %(due)s with %(fields)s and nothing else. After that it is decided."),
)
OBJECTION_DESK: Final = MessageKind(
    "eservices.objection_desk",
    N_("Somebody objects to a posted case"),
    N_("%(item)s, code %(code)s: read the objection and answer it before you decide."),
    channels=(),
)
OBJECTION_TAKEN: Final = MessageKind(
    "eservices.objection_taken",
    N_("We have your objection"),
    N_("%(item)s, posted until %(due)s: we look into what you told us and answer you before anything is decided."),
)
OBJECTION_ANSWERED: Final = MessageKind(
    "eservices.objection_answered",
    N_("Our answer to your objection"),
    N_("%(item)s: %(answer)s"),
)
SPECIAL_BEGUN: Final = MessageKind(
    "eservices.special_begun",
    N_("An assessment or hearing comes first"),
    N_("%(item)s, code %(code)s: %(what)s. Until its result is there the time does not count. We tell you then."),
)
SPECIAL_OVER: Final = MessageKind(
    "eservices.special_over",
    N_("The assessment or hearing is over"),
    N_("%(item)s, code %(code)s: the result is there and the time counts again. It is decided by %(due)s."),
)
EXTENDED: Final = MessageKind(
    "eservices.extended",
    N_("Your application takes longer"),
    N_("%(item)s, code %(code)s: it is decided by %(due)s instead. The reason stands on the page of your matter."),
)
EXTENSION_DECLINED_DESK: Final = MessageKind(
    "eservices.extension_declined_desk",
    N_("More time was not granted"),
    N_("%(item)s, code %(code)s is decided by the day that was promised. %(remark)s"),
    channels=(),
)
ACCEPTED_IF: Final = MessageKind(
    "eservices.accepted_if",
    N_("Accepted: one thing still has to follow"),
    N_("%(item)s, code %(code)s is accepted. Send this by %(due)s, or bring it to the desk: %(papers)s."),
)
PAPERS_SOON: Final = MessageKind(
    "eservices.papers_soon",
    N_("Please don't forget the paper"),
    N_("%(item)s, code %(code)s: send this by %(due)s, or bring it to the desk: %(papers)s."),
)
PAPERS_LATE: Final = MessageKind(
    "eservices.papers_late",
    N_("The paper did not come in time"),
    N_("%(item)s, code %(code)s waits at the station. Send this or bring it, then it goes on: %(papers)s."),
)
PAPERS_CAME_DESK: Final = MessageKind(
    "eservices.papers_came_desk",
    N_("A promised paper has come"),
    N_("%(item)s, code %(code)s: look at the paper and confirm it."),
    channels=(),
)
PAPERS_CONFIRMED: Final = MessageKind(
    "eservices.papers_confirmed",
    N_("Your papers are complete"),
    N_("%(item)s, code %(code)s: we have seen the paper that followed. You need not do anything now."),
)

STATE_MESSAGES: Final = (
    LOOKED_INTO,
    LOOK_INTO_DESK,
    POSTED,
    OBJECTION_DESK,
    OBJECTION_TAKEN,
    OBJECTION_ANSWERED,
    SPECIAL_BEGUN,
    SPECIAL_OVER,
    EXTENDED,
    EXTENSION_DECLINED_DESK,
    ACCEPTED_IF,
    PAPERS_SOON,
    PAPERS_LATE,
    PAPERS_CAME_DESK,
    PAPERS_CONFIRMED,
)
