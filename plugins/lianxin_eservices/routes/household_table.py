"""Addresses of a household."""

from __future__ import annotations

from lianxin.api import SIGNED_IN, Route, action, page
from lianxin_eservices import forms_acting, forms_household
from lianxin_eservices.access import HANDLE
from lianxin_eservices.routes import apply, household, household_desk, household_mine, household_words
from lianxin_eservices.routes.acting_table import SIGNED_BYTES

_MEMBER = {"draft": apply.DRAFT, "member": household.MEMBER}
_SEAT = {"seat": household_desk.SEAT}
_MINE = {"mine": household_mine.MINE}

HOUSEHOLD_ROUTES: tuple[Route, ...] = (
    page("/household/{draft}/{member}", name="member", access=SIGNED_IN, handler=household.show_member, loads=_MEMBER),
    action(
        "/household/{draft}/{member}",
        name="save_member",
        access=SIGNED_IN,
        handler=household.save_member,
        loads=_MEMBER,
        form=forms_household.MemberForm,
        again="member",
    ),
    action(
        "/household/{draft}/{member}/remove",
        name="remove_member",
        access=SIGNED_IN,
        handler=household.remove_member,
        loads=_MEMBER,
    ),
    page(
        "/household/{draft}/{member}/ask", name="ask_word", access=SIGNED_IN, handler=household.show_ask, loads=_MEMBER
    ),
    action(
        "/household/{draft}/{member}/ask",
        name="send_word",
        access=SIGNED_IN,
        handler=household.send_word,
        loads=_MEMBER,
        form=forms_household.WordPhoneForm,
        again="ask_word",
    ),
    action(
        "/household/{draft}/{member}/code",
        name="give_word",
        access=SIGNED_IN,
        handler=household.give_word,
        loads=_MEMBER,
        form=forms_acting.LeaveCodeForm,
        again="ask_word",
    ),
    action(
        "/household/{draft}/{member}/sign",
        name="sign_word",
        access=SIGNED_IN,
        handler=household.sign_word,
        loads=_MEMBER,
        form=forms_household.SignedForm,
        again="ask_word",
        heavy=True,
        limit_bytes=SIGNED_BYTES,
    ),
    page(
        "/desk/household/{seat}",
        name="household_number",
        access=SIGNED_IN,
        handler=household_desk.ask_number,
        loads=_SEAT,
    ),
    action(
        "/desk/household/{seat}",
        name="reveal_household_number",
        access=SIGNED_IN,
        handler=household_desk.reveal_number,
        loads=_SEAT,
        form=forms_household.NumberForm,
        again="household_number",
    ),
    page("/desk/words", name="desk_words", access=HANDLE, handler=household_words.show_words),
    action(
        "/desk/words",
        name="find_words",
        access=HANDLE,
        handler=household_words.find_words,
        form=forms_household.FindWordsForm,
        again="desk_words",
    ),
    action(
        "/desk/words/{said}",
        name="take_back_word_at_desk",
        access=HANDLE,
        handler=household_words.take_back_at_desk,
        loads={"said": household_words.SAID},
        form=forms_household.TakeBackForm,
    ),
    page("/households", name="households", access=SIGNED_IN, handler=household_mine.show_mine),
    page("/households/{mine}", name="word", access=SIGNED_IN, handler=household_mine.show_word, loads=_MINE),
    action(
        "/households/{mine}",
        name="agree_word",
        access=SIGNED_IN,
        handler=household_mine.agree,
        loads=_MINE,
        form=forms_household.AgreeForm,
        again="word",
    ),
    action(
        "/households/{mine}/refuse",
        name="refuse_word",
        access=SIGNED_IN,
        handler=household_mine.refuse,
        loads=_MINE,
    ),
    action(
        "/households/{mine}/take-back",
        name="take_back_word",
        access=SIGNED_IN,
        handler=household_mine.take_back,
        loads=_MINE,
    ),
)
