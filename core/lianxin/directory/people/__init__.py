"""Persons: who they are, how the desk finds them, how they are reached, and that two rows may be one person."""

from lianxin.directory.people.cards import (
    CLAIMED,
    SEEN_BY_DESK,
    PersonCard,
    PersonInfo,
    card_of,
    cards_of,
    find_person,
    get_person,
    people_of,
    same_person_ids,
    set_home_area,
    set_preferences,
)
from lianxin.directory.people.claiming import Claimed, claim_identity, claim_person
from lianxin.directory.people.last_four import fits_last_four
from lianxin.directory.people.merging import MergeUndone, PeopleMerged, merge_people, undo_merge
from lianxin.directory.people.phones import (
    PhoneBinding,
    PhoneHeld,
    bind_phone,
    bindings_of_phone,
    people_of_phone,
    phone_key,
    phone_of,
    phone_used,
    phones_of,
    unbind_phone,
)
from lianxin.directory.people.registering import (
    DeskAnswer,
    DeskEntry,
    confirm_identity,
    correct_name,
    find_or_create_person,
)
from lianxin.directory.people.searching import search_people

__all__ = [
    "CLAIMED",
    "SEEN_BY_DESK",
    "Claimed",
    "DeskAnswer",
    "DeskEntry",
    "MergeUndone",
    "PeopleMerged",
    "PersonCard",
    "PersonInfo",
    "PhoneBinding",
    "PhoneHeld",
    "bind_phone",
    "bindings_of_phone",
    "card_of",
    "cards_of",
    "claim_identity",
    "claim_person",
    "confirm_identity",
    "correct_name",
    "find_or_create_person",
    "find_person",
    "fits_last_four",
    "get_person",
    "merge_people",
    "people_of",
    "people_of_phone",
    "phone_key",
    "phone_of",
    "phone_used",
    "phones_of",
    "same_person_ids",
    "search_people",
    "set_home_area",
    "set_preferences",
    "unbind_phone",
    "undo_merge",
]
