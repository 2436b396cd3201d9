"""The text a person agrees to before the first question about herself; versioned, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lianxin_eservices.rules.item import ServiceItem
from lianxin_eservices.rules.plain import Text

VERSION: Final = "1"

# Personal Information Protection Law, articles 17 and 29: who, what for, what, how long, who sees it, and one's rights.
_LINES: Final = (
    (
        Text("谁来收", "Who asks"),
        Text(
            "您所在的村（社区）便民服务站，和办这件事的{office}。",
            "The service station of your village or community, and {office}, which decides.",
        ),
    ),
    (
        Text("用来做什么", "What for"),
        Text("只用来办“{item}”，不作别的用途。", "Only for “{item}”, and for nothing else."),
    ),
    (
        Text("收哪些", "What we ask"),
        Text(
            "姓名、身份证号、电话、住在哪个村（社区），还有要交的材料的照片。没有这些办不了。",
            "Name, ID number, telephone, which village or community you live in, and photos of the papers. "
            "We can't do it without them.",
        ),
    ),
    (
        Text("保存多久", "How long"),
        Text(
            "加密保存。没提交的，30天后自动删除；提交了的，按档案规定的年限保存。",
            "Encrypted. What you don't send is erased after 30 days; what you send is kept as long as the archive "
            "rules say.",
        ),
    ),
    (
        Text("谁能看到", "Who sees it"),
        Text(
            "只有办这件事的工作人员。谁看过您的身份证号和材料，都有记录，您随时能查。",
            "Only the staff who handle it. Whoever looks at your ID number or papers is written down, and you can "
            "see who did.",
        ),
    ),
    (
        Text("您可以反悔", "You may change your mind"),
        Text(
            "不同意也可以，改到窗口办就行。同意了也能随时撤回，在“我的”里点一下。",
            "You need not agree: come to the desk instead. You can withdraw later under “My account”.",
        ),
    ),
)


_SEES: Final = Text(
    "{office}办。只看得到您填的这些情况，和这些材料：{papers}。",
    "{office} decides. It sees who you are, what you answer for this, and these papers only: {papers}.",
)
_NO_PAPERS: Final = Text("不用材料", "none")

Asked = Sequence[tuple[ServiceItem, Text]]
"""Services with the office that decides each."""


def consent_lines(asked: Asked, language: str) -> tuple[tuple[str, str], ...]:
    """Pairs of (heading, sentence) for the page; of several services first who sees what of each."""
    zh = not language.startswith("en")
    names = [item.plain_name.in_language(language) for item, _ in asked]
    offices = dict.fromkeys(office.in_language(language) for _, office in asked)
    places = {"item": ("”、“" if zh else "”, “").join(names), "office": ("、" if zh else ", ").join(offices)}
    lines = tuple((head.in_language(language), body.in_language(language).format(**places)) for head, body in _LINES)
    return lines if len(asked) == 1 else (*(_sees(item, office, language) for item, office in asked), *lines)


def _sees(item: ServiceItem, office: Text, language: str) -> tuple[str, str]:
    papers = [one.name.in_language(language) for one in item.materials if one.to_prepare]
    listed = ("、" if not language.startswith("en") else ", ").join(papers) or _NO_PAPERS.in_language(language)
    said = _SEES.in_language(language).format(office=office.in_language(language), papers=listed)
    return item.plain_name.in_language(language), said


def consent_text(asked: Asked, language: str) -> str:
    """The whole text, of which the fingerprint is kept."""
    return "\n".join(f"{head}: {body}" for head, body in consent_lines(asked, language))


def consent_purpose(item: ServiceItem) -> str:
    """Each service has a purpose of its own: papers given for one are not used for another."""
    return f"eservices.apply.{item.code}"
