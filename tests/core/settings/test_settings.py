"""Typed settings: what is typed, where it holds, what is refused."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import pytest

from lianxin.config import Config
from lianxin.declarations import Refused, Scope, SettingsGroup, setting
from lianxin.directory.area_changes import add_area
from lianxin.directory.areas import area_ladder
from lianxin.settings import clear_setting, get_settings, list_settings, set_setting, use_settings
from lianxin.settings.models import Setting

pytestmark = pytest.mark.anyio


class Tone(enum.Enum):
    PLAIN = "plain"
    WARM = "warm"


@dataclass(frozen=True)
class Sample:
    open: bool = setting(True, help="Whether it is open")
    days: int = setting(5, help="Days", scope=Scope.AREA)
    title: str = setting("欢迎", help="Title", scope=Scope.AREA)
    tone: Tone = setting(Tone.PLAIN, help="Tone")  # noqa: RUF009
    size: Literal["s", "l"] = setting("s", help="Size")
    words: tuple[str, ...] = setting(("a",), help="Words")
    numbers: tuple[int, ...] = setting((), help="Numbers")
    key: str = setting("", help="Key of the provider", secret=True)


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    use_settings({"sample": SettingsGroup("Sample", Sample)}, ladder=area_ladder)
    yield
    use_settings({})


@pytest.fixture
async def places(database: Config) -> tuple[UUID, UUID, UUID]:
    """County, town, village."""
    since, parent, made = date(2023, 6, 30), None, []
    for code in ("1", "11", "111"):
        area = await add_area(code, name_zh=code, name_en=code, kind="town", parent_id=parent, valid_from=since)
        made.append(area.id)
        parent = area.id
    return made[0], made[1], made[2]


async def test_nothing_chosen_gives_the_defaults(database: Config) -> None:
    assert await get_settings(Sample) == Sample()


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("open", "no", False),
        ("open", "on", True),
        ("days", " 20 ", 20),
        ("title", "您好 <b>", "您好 <b>"),
        ("tone", "warm", Tone.WARM),
        ("size", "l", "l"),
        ("words", "一，二, 三", ("一", "二", "三")),
        ("words", "", ()),
        ("numbers", "1\n2", (1, 2)),
        ("key", "geheim", "geheim"),
    ],
)
async def test_what_is_typed_comes_back_as_its_type(
    database: Config, now: datetime, name: str, typed: str, value: object
) -> None:
    await set_setting(f"sample.{name}", typed, by_id=None, now=now)
    assert getattr(await get_settings(Sample), name) == value
    await set_setting(f"sample.{name}", typed, by_id=None, now=now)
    assert await Setting.all().count() == 1


@pytest.mark.parametrize(
    ("name", "typed"),
    [("open", "perhaps"), ("days", "five"), ("tone", "cold"), ("size", "xl"), ("numbers", "1,x"), ("title", "\x07")],
)
async def test_what_does_not_fit_is_refused_at_its_field(
    database: Config, now: datetime, name: str, typed: str
) -> None:
    with pytest.raises(Refused) as refused:
        await set_setting(f"sample.{name}", typed, by_id=None, now=now)
    assert (refused.value.status, refused.value.field) == (422, name)
    assert await Setting.all().count() == 0


async def test_the_nearest_area_upwards_wins(places: tuple[UUID, UUID, UUID], now: datetime) -> None:
    county, town, village = places
    await set_setting("sample.days", "10", by_id=None, now=now)
    await set_setting("sample.days", "20", area_id=county, by_id=None, now=now)
    await set_setting("sample.days", "30", area_id=town, by_id=None, now=now)
    assert (await get_settings(Sample)).days == 10
    assert (await get_settings(Sample, county)).days == 20
    assert (await get_settings(Sample, village)).days == 30
    await set_setting("sample.days", "40", area_id=village, by_id=None, now=now)
    assert (await get_settings(Sample, village)).days == 40
    assert (await get_settings(Sample, town)).days == 30
    await clear_setting("sample.days", area_id=village)
    await clear_setting("sample.days", area_id=town)
    assert (await get_settings(Sample, village)).days == 20


async def test_a_setting_of_the_site_does_not_differ_by_area(places: tuple[UUID, UUID, UUID], now: datetime) -> None:
    with pytest.raises(Refused, match="site_only"):
        await set_setting("sample.open", "no", area_id=places[0], by_id=None, now=now)


async def test_a_secret_is_sealed_and_not_shown(database: Config, now: datetime) -> None:
    await set_setting("sample.key", "geheim", by_id=None, now=now)
    row = await Setting.get(name="sample.key")
    assert row.value is None
    assert row.sealed is not None
    shown = {each.field.attribute: each for each in await list_settings("sample")}
    assert (shown["key"].text, shown["key"].source) == ("", "site")


async def test_the_list_says_where_a_value_comes_from(places: tuple[UUID, UUID, UUID], now: datetime) -> None:
    _, town, village = places
    await set_setting("sample.days", "7", area_id=town, by_id=None, now=now)
    await set_setting("sample.title", "站", by_id=None, now=now)
    shown = {each.field.attribute: (each.text, each.source) for each in await list_settings("sample", village)}
    assert shown == {"days": ("7", "above"), "title": ("站", "site")}
    at_town = {each.field.attribute: each.source for each in await list_settings("sample", town)}
    assert at_town["days"] == "area"
    assert {each.field.attribute: each.choices for each in await list_settings("sample")}["tone"] == ("plain", "warm")


async def test_rows_of_earlier_versions_do_no_harm(database: Config, now: datetime) -> None:
    await Setting.create(name="sample.gone", value={"is": 1}, changed_at=now)
    await Setting.create(name="sample.days", value={"is": "many"}, changed_at=now)
    assert await get_settings(Sample) == Sample()


async def test_names_unknown_are_refused(database: Config, now: datetime) -> None:
    with pytest.raises(Refused, match="unknown"):
        await set_setting("sample.nothing", "1", by_id=None, now=now)
    with pytest.raises(LookupError, match="Tone"):
        await get_settings(Tone)


def test_a_setting_of_an_odd_type_is_found_at_start() -> None:
    @dataclass(frozen=True)
    class Odd:
        at: date = setting(date(2026, 1, 1), help="When")  # noqa: RUF009

    with pytest.raises(TypeError, match="date"):
        use_settings({"odd": SettingsGroup("Odd", Odd)})
