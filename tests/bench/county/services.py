"""A catalogue of thousands of services, made of those that ship: names and offices vary, rules and papers stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lianxin_eservices import data
from lianxin_eservices.queries.items import DEPARTMENTS
from lianxin_eservices.rules.catalogue import parse_catalogue
from lianxin_eservices.rules.item import ServiceItem
from lianxin_eservices.rules.plain import Text

KINDS = ("农村", "城镇", "个体", "灵活就业", "退役", "外出务工", "返乡", "高龄", "学龄", "单亲", "林场", "库区", "矿区")
DEEDS = ("申请", "变更", "注销", "补发", "查询", "复核", "延期", "年审")
KINDS_EN = ("rural", "urban", "self-employed", "freelance", "veteran", "migrant", "returned", "aged", "school")
DEEDS_EN = ("application", "change", "closing", "replacement", "enquiry", "review", "extension", "yearly check")


def many_services(count: int) -> Iterator[ServiceItem]:
    """The services that ship, then as many variants of them as are wanted; always the same ones."""
    shipped = parse_catalogue(data.read("services"))
    yield from shipped[:count]
    for number in range(len(shipped), count):
        yield _variant(shipped[number % len(shipped)], number // len(shipped), number)


def _variant(item: ServiceItem, turn: int, number: int) -> ServiceItem:
    kind, deed = turn % len(KINDS), (turn // len(KINDS)) % len(DEEDS)
    kind_en = KINDS_EN[turn % len(KINDS_EN)]

    def renamed(text: Text) -> Text:
        return Text(f"{KINDS[kind]}{text.zh}{DEEDS[deed]}", f"{text.en}, {kind_en} {DEEDS_EN[deed]}")

    return replace(
        item,
        code=f"{item.code[:2]}-{number:05d}",
        slug=f"{item.slug[:60]}-{number}",
        name=renamed(item.name),
        plain_name=renamed(item.plain_name),
        department=tuple(DEPARTMENTS)[number % len(DEPARTMENTS)],
        keywords=(*item.keywords, KINDS[kind] + DEEDS[deed]),
    )
