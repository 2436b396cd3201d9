"""What administrators type."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from lianxin.api import N_, Input, NameText, SeedDay, Wrong


class PressForm(BaseModel):
    """A button and nothing to type."""


class GrantForm(BaseModel):
    """Who gets which role, where, for how long."""

    person: Annotated[
        str,
        Field(max_length=60),
        Input(
            label=N_("Login name, or name"),
            hint=N_("Of somebody with a staff account."),
            autocomplete="off",
            missing=N_("Type a login name."),
        ),
    ]
    role: Annotated[str, Field(max_length=40), Input(label=N_("Role"), kind="select", missing=N_("Choose a role."))]
    area: Annotated[
        str,
        Field(max_length=60),
        Input(label=N_("Place: name or code"), hint=N_("With all below it."), missing=N_("Type a place.")),
    ]
    organisation: Annotated[str, Field(max_length=60), Input(label=N_("Only for this organisation"), kind="select")] = (
        ""
    )
    until: Annotated[
        datetime.date | None, Input(label=N_("Until, that day included"), hint=N_("Empty: for good."), kind="date")
    ] = None


class AccountForm(BaseModel):
    """A new staff account."""

    name: Annotated[NameText, Input(label=N_("Name"), autocomplete="off", missing=N_("Type the name."))]
    login_name: Annotated[
        str,
        Field(min_length=2, max_length=60),
        Input(label=N_("Login name"), autocomplete="off", missing=N_("Type a login name.")),
    ]


class AreaForm(BaseModel):
    """How a place is reached."""

    phone: Annotated[str, Field(max_length=20), Input(label=N_("Telephone"), kind="tel", autocomplete="off")] = ""
    hours_zh: Annotated[str, Field(max_length=200), Input(label=N_("Hours, in Chinese"))] = ""
    hours_en: Annotated[str, Field(max_length=200), Input(label=N_("Hours, in English"))] = ""
    address_zh: Annotated[str, Field(max_length=200), Input(label=N_("Address, in Chinese"))] = ""
    address_en: Annotated[str, Field(max_length=200), Input(label=N_("Address, in English"))] = ""


class DayForm(BaseModel):
    """One day that is not what its weekday says, or is so again."""

    day: Annotated[datetime.date, Input(label=N_("Day"), kind="date", missing=N_("Choose a day."))]
    working: Annotated[
        Literal["yes", "no"],
        Input(
            label=N_("Is it worked?"),
            kind="choice",
            choices=(("yes", N_("Worked"), ""), ("no", N_("Off"), "")),
            missing=N_("Choose an answer."),
        ),
    ]
    note: Annotated[str, Field(max_length=80), Input(label=N_("Why"), hint=N_("For example the holiday's name."))] = ""


_WORDS = {"off": False, "休": False, "worked": True, "班": True}


def read_days(text: str) -> list[SeedDay]:
    """Lines of "2027-01-01 off New Year". Raises Wrong naming the line that can't be read."""
    return [_read_line(line) for line in text.splitlines() if line.strip()]


def _read_line(line: str) -> SeedDay:
    parts = line.split(None, 2)
    try:
        return SeedDay(datetime.date.fromisoformat(parts[0]), _WORDS[parts[1].lower()], "".join(parts[2:])[:80])
    except (ValueError, KeyError, IndexError) as wrong:
        text = N_("This line can't be read: “%(line)s”. Write it as 2027-01-01 off New Year.")
        raise Wrong(text, line=line[:40]) from wrong


def _check_days(text: str) -> str:
    read_days(text)
    return text


class YearForm(BaseModel):
    """A whole year as it is announced."""

    year: Annotated[int, Field(ge=2000, le=2200), Input(label=N_("Year"), kind="number", missing=N_("Type the year."))]
    days: Annotated[
        str,
        Field(max_length=8000),
        AfterValidator(_check_days),
        Input(
            label=N_("Days off and weekend days worked, one a line"),
            hint=N_("2027-01-01 off New Year. Worked: 2027-02-07 worked Spring Festival."),
            kind="textarea",
            rows=12,
            missing=N_("Type at least one day."),
        ),
    ]


class TextSettingForm(BaseModel):
    """A line or a number."""

    value: Annotated[str, Field(max_length=1000), Input(label=N_("Value"))] = ""


class LongSettingForm(BaseModel):
    """A list."""

    value: Annotated[
        str, Field(max_length=4000), Input(label=N_("Value"), hint=N_("Several, with commas between."), kind="textarea")
    ] = ""


class ChoiceSettingForm(BaseModel):
    """One of several."""

    value: Annotated[str, Field(max_length=100), Input(label=N_("Value"), kind="choice")] = ""


class SecretSettingForm(BaseModel):
    """Never shown again."""

    value: Annotated[str, Field(max_length=1000), Input(label=N_("New value"), kind="password", autocomplete="off")] = (
        ""
    )
