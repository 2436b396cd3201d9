"""What a written notice says: made once from the case, then kept word for word."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lianxin_eservices.rules.item import ItemType


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notice as issued. `listed` stands between the paragraphs before and after it."""

    office: str
    title: str
    number: str
    addressee: str
    before: tuple[str, ...]
    listed: tuple[str, ...]
    after: tuple[str, ...]
    day: str
    foot: str

    def to_text(self) -> str:
        """For the vault, and for the page that is drawn."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_text(text: str) -> NoticeText:
        """What `to_text` wrote."""
        read: dict[str, Any] = json.loads(text)
        fields: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in read.items()
        }
        return NoticeText(**fields)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What is known when a notice is issued. Empty: unknown, and what needs it is not said."""

    office: str
    phone: str
    applicant: str
    item: str
    code: str
    sent: date
    day: date
    due: date | None = None
    papers_due: date | None = None
    reason: str = ""
    days: str = ""
    result: str = ""
    remedy: str = ""
    listed: Sequence[str] = ()


def compose(words: Mapping[str, Any], name: str, facts: NoticeFacts, number: int) -> NoticeText:
    """The notice of that name. Nothing that a person wrote is looked at for names to fill in."""
    notice = words["notices"][name]
    known = _known(facts)
    foot = words["foot"] if facts.phone else words["foot_without_phone"]
    return NoticeText(
        office=facts.office,
        title=notice["title"],
        number=number_text(words, notice["series"], facts.day.year, number),
        addressee=_plain(facts.applicant) or words["nobody"],
        before=_said(notice.get("before", ()), known),
        listed=tuple(line for line in map(_plain, facts.listed) if line),
        after=_said(notice.get("after", ()), known),
        day=chinese_day(facts.day),
        foot=foot.format_map(known),
    )


def number_text(words: Mapping[str, Any], series: str, year: int, number: int) -> str:
    """`受字〔2026〕12号`, as offices number their papers."""
    return f"{words['series'][series]['mark']}字〔{year}〕{number}号"


def chinese_day(day: date) -> str:
    """`2026年11月25日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def remedy_of(words: Mapping[str, Any], item_type: ItemType) -> str:
    """What one can do against it: the law's two ways against an act of an office, a hotline for a service."""
    kind = "service" if item_type is ItemType.PUBLIC_SERVICE else "administrative"
    text: str = words["remedies"][kind]
    return text


def _plain(text: str) -> str:
    """What a person wrote, without characters that can't be seen: some turn the order of what follows them round."""
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cf")).strip()


def _known(facts: NoticeFacts) -> dict[str, str]:
    plain = {
        "phone": facts.phone,
        "item": facts.item,
        "code": facts.code,
        "sent": chinese_day(facts.sent),
        "due": chinese_day(facts.due) if facts.due else "",
        "papers_due": chinese_day(facts.papers_due) if facts.papers_due else "",
        "reason": "\n".join(filter(None, map(_plain, facts.reason.splitlines()))),
        "days": facts.days,
        "result": facts.result,
        "remedy": facts.remedy,
    }
    return {name: text for name, text in plain.items() if text}


def _said(paragraphs: Sequence[Any], known: Mapping[str, str]) -> tuple[str, ...]:
    said = (_first(entry, known) for entry in paragraphs)
    return tuple(line for each in said for line in each.splitlines() if line)


def _first(entry: Any, known: Mapping[str, str]) -> str:
    """The first of its wordings of which everything is known."""
    for wording in (entry,) if isinstance(entry, str) else (entry["say"], entry["or"]):
        try:
            text: str = wording.format_map(known)
        except KeyError:
            continue
        return text
    return ""
