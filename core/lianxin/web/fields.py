"""Typed fields of forms, and the sentences that say what is wrong with what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationInfo

from lianxin.i18n import N_, LazyText
from lianxin.values.codes import parse_code
from lianxin.values.identity import IdNumber, parse_id_number
from lianxin.values.invalid import InvalidValue
from lianxin.values.names import clean_name
from lianxin.values.phones import parse_phone


@dataclass(frozen=True, slots=True)
class Input:
    """How a field is shown: label, hint, kind (text, tel, code, password, date, textarea, choice, select, tick, ticks,

    file, hidden, number, search) and what helps the phone to fill it in.
    """

    label: object = ""
    hint: object = ""
    kind: str = "text"
    autocomplete: str = ""
    inputmode: str = ""
    choices: tuple[tuple[str, object, object], ...] = ()
    rows: int = 0
    accept: str = ""
    missing: object = ""


class Wrong(ValueError):
    """What a validator of a form raises: a lazy sentence that says what is wrong and what to do."""

    def __init__(self, text: object, **data: Any) -> None:
        super().__init__(repr(text))
        self.text = text
        self.data = data

    def sentence(self) -> str:
        """In the language of this moment."""
        return str(self.text) % self.data if self.data else str(self.text)


SENTENCES: dict[tuple[str, str], LazyText] = {
    ("IdNumber", "empty"): N_("Type the ID number."),
    ("IdNumber", "short"): N_("The ID number is %(by)s digits short. Type it again."),
    ("IdNumber", "long"): N_("The ID number has %(by)s digits too many. Type it again."),
    ("IdNumber", "bad_character"): N_("An ID number has digits only, and perhaps an X at the end. Type it again."),
    ("IdNumber", "bad_date"): N_("The birthday inside the ID number is no date. Type it again."),
    ("IdNumber", "future_date"): N_("The birthday inside the ID number is still to come. Type it again."),
    ("IdNumber", "bad_check"): N_("One digit of the ID number is not right. Look at the card and type it again."),
    ("IdNumber", ""): N_("This is no ID number. Look at the card and type it again."),
    ("Phone", "empty"): N_("Type the phone number."),
    ("Phone", ""): N_("That is no phone number. A mobile number has 11 digits."),
    ("Name", "empty"): N_("Type the name."),
    ("Name", "long"): N_("A name may have 30 characters at most."),
    ("Name", ""): N_("The name holds a character that can't be kept. Type it again without it."),
    ("Code", "empty"): N_("Type the code."),
    ("Code", "short"): N_("The code has 8 characters. Type it again."),
    ("Code", "long"): N_("The code has 8 characters. Type it again."),
    ("Code", "bad_check"): N_("One character of the code is not right. Type it again."),
    ("Code", ""): N_("The code holds a character that no code has. Type it again."),
    ("Text", ""): N_("The text holds a character that can't be kept. Type it again without it."),
}
"""By kind of value and reason; an empty reason is for all others of the kind."""


def sentence_of(kind: str, fault: InvalidValue) -> str:
    """The sentence for a value that could not be read, in the language of this moment."""
    text = str(SENTENCES.get((kind, fault.reason)) or SENTENCES[kind, ""])
    return text % fault.data if "%(" in text else text


def _read(kind: str, parse: Any) -> Any:
    def validate(text: str, info: ValidationInfo) -> Any:
        try:
            return parse(text, info)
        except InvalidValue as fault:
            raise Wrong(sentence_of(kind, fault)) from fault

    return AfterValidator(validate)


def _number(text: str, info: ValidationInfo) -> IdNumber:
    assert info.context is not None  # read_form always gives one
    return parse_id_number(text, info.context["today"])


PhoneText = Annotated[str, _read("Phone", lambda text, _: parse_phone(text))]
"""An E.164 number."""
NameText = Annotated[str, _read("Name", lambda text, _: clean_name(text))]
"""A person's name, cleaned."""
CodeText = Annotated[str, _read("Code", lambda text, _: parse_code(text))]
"""A matter's code."""
IdNumberText = Annotated[str, _read("IdNumber", _number)]
"""After validation an `IdNumber`."""
