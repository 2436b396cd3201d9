"""States that an item passes through have their rule, and a rule its state."""

from __future__ import annotations

from typing import Any

from lianxin.api import N_
from lianxin_eservices.rules.item import OptionalState, PostedField, ServiceItem


def faults_of_states(item: ServiceItem) -> list[tuple[str, Any]]:
    """Path of the field, and a sentence for people."""
    states, notice = item.optional_states, item.public_notice
    shows = notice.shows if notice is not None else ()
    checks = (
        (
            (OptionalState.EXTENDED in states) is not (item.extension_limit is not None),
            "extension_limit.value",
            N_("the state extended and extension_limit belong together"),
        ),
        (
            (OptionalState.PUBLIC_NOTICE in states) is not (notice is not None),
            "public_notice.days",
            N_("the state public_notice and its rule belong together"),
        ),
        (
            notice is not None and PostedField.NAME not in shows,
            "public_notice.shows",
            N_("public_notice.shows must hold the name"),
        ),
        (len(set(shows)) != len(shows), "public_notice.shows", N_("public_notice.shows names a field twice")),
        (
            any(each.may_follow for each in item.materials) and item.papers_follow_within is None,
            "papers_follow_within.value",
            N_("a paper may follow: papers_follow_within says in which time"),
        ),
    )
    found = [(path, text) for wrong, path, text in checks if wrong]
    found += [
        (f"materials[{place}].may_follow", N_("only a paper that the applicant brings may follow"))
        for place, each in enumerate(item.materials)
        if each.may_follow and not each.to_prepare
    ]
    return found
