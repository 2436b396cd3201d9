"""The tree of places: import, ranges, moves and ends."""

from datetime import date

import pytest

from lianxin.config import Config
from lianxin.declarations import Refused
from lianxin.directory.area_changes import add_area, change_area, end_area, load_areas, move_area, read_areas
from lianxin.directory.areas import (
    AreaInfo,
    ancestors,
    area_ladder,
    find_area,
    get_area,
    list_below,
    list_children,
    list_history,
    path_range,
    station_of,
)
from lianxin.directory.models import Area
from lianxin.i18n import use_language

pytestmark = pytest.mark.anyio

SINCE = date(2023, 6, 30)
COUNTY = {
    "county": {"code": "510821", "name_zh": "旺苍县", "name_en": "Wangcang County", "kind": "county", "phone": "1"},
    "townships": [
        {
            "code": "510821107",
            "name_zh": "普济镇",
            "name_en": "Puji Town",
            "kind": "town",
            "villages": [
                {"code": "510821107001", "name_zh": "普子岭社区", "name_pinyin": "Puziling", "kind": "community"},
                {"code": "510821107002", "name_zh": "远景村", "name_en": "Yuanjing Village", "kind": "village"},
            ],
        },
        {"code": "510821108", "name_zh": "三江镇", "name_en": "Sanjiang Town", "kind": "town"},
        # The same digits further on: a neighbour that no range of 510821107 may take in.
        {"code": "5108211070", "name_zh": "邻镇", "name_en": "Next Town", "kind": "town"},
    ],
    "grids": {"510821107001": [{"code": "510821107001012", "name_zh": "普子岭第12网格"}]},
}


async def area(code: str) -> AreaInfo:
    found = await find_area(code)
    assert found is not None
    return found


@pytest.fixture
async def county(database: Config) -> AreaInfo:
    await load_areas(COUNTY, valid_from=SINCE)
    return await area("510821")


async def test_an_import_makes_the_tree(county: AreaInfo) -> None:
    grid = await area("510821107001012")
    assert grid.path == "/510821/510821107/510821107001/510821107001012/"
    assert [above.code for above in await ancestors(grid)] == ["510821", "510821107", "510821107001"]
    assert grid.kind == "grid"
    assert (await area_ladder(grid.id))[0] == grid.id
    assert (await area_ladder(grid.id))[-1] == county.id
    assert [child.code for child in await list_children(county.id)] == ["510821107", "5108211070", "510821108"]
    assert [top.code for top in await list_children(None)] == ["510821"]


async def test_a_second_import_adds_what_is_new_and_corrects(county: AreaInfo) -> None:
    again = await load_areas(COUNTY, valid_from=SINCE)
    assert (again.added, again.changed) == (0, 0)
    await change_area(county.id, phone="0839-012 3400")
    changed = {
        "county": {**COUNTY["county"], "phone": "", "name_zh": "旺苍"},  # type: ignore[dict-item]
        "townships": [{"code": "510821109", "name_zh": "新镇", "kind": "town"}],
    }
    loaded = await load_areas(changed, valid_from=SINCE)
    assert (loaded.added, loaded.changed) == (1, 1)
    corrected = await get_area(county.id)
    assert (corrected.name_zh, corrected.phone) == ("旺苍", "0839-012 3400")
    assert (await area("510821109")).parent_id == county.id


async def test_below_is_the_place_and_all_in_it_and_nothing_else(county: AreaInfo) -> None:
    town = await area("510821107")
    codes = [found.code for found in await list_below(town.path)]
    assert codes == ["510821107", "510821107001", "510821107001012", "510821107002"]
    assert [found.code for found in await list_below(town.path, ["grid"])] == ["510821107001012"]
    assert town.covers((await area("510821107001012")).path)
    assert not town.covers((await area("5108211070")).path)


def test_the_range_ends_right_behind_the_last_path_below() -> None:
    low, high = path_range("/510821/510821107/")
    inside = ["/510821/510821107/", "/510821/510821107/zz/", "/510821/510821107/\U0010ffff/"]
    outside = ["/510821/", "/510821/510821106/zz/", "/510821/5108211070/", "/510821/510821108/"]
    assert all(low.encode() <= path.encode() < high.encode() for path in inside)
    assert not any(low.encode() <= path.encode() < high.encode() for path in outside)
    with pytest.raises(ValueError, match="slash"):
        path_range("/510821")


async def test_names_follow_the_language(county: AreaInfo) -> None:
    assert county.name == "旺苍县"
    with use_language("en"):
        assert county.name == "Wangcang County"


async def test_who_has_no_telephone_is_reached_at_the_next_station_up(county: AreaInfo) -> None:
    grid = await area("510821107001012")
    assert (await station_of(grid)).code == "510821"
    await change_area((await area("510821107001")).id, phone="0839-012 3456")
    assert (await station_of(grid)).phone == "0839-012 3456"


async def test_moving_takes_everything_below_along(county: AreaInfo) -> None:
    community, other = await area("510821107001"), await area("510821108")
    moved = await move_area(community.id, other.id)
    assert moved.path == "/510821/510821108/510821107001/"
    assert (await area("510821107001012")).path == f"{moved.path}510821107001012/"
    assert [found.code for found in await list_below((await area("510821107")).path)] == ["510821107", "510821107002"]
    assert [above.code for above in await ancestors(await area("510821107001012"))] == [
        "510821",
        "510821108",
        "510821107001",
    ]


async def test_no_place_lies_in_itself(county: AreaInfo) -> None:
    with pytest.raises(Refused, match="area_circle"):
        await move_area(county.id, (await area("510821107001")).id)
    with pytest.raises(Refused, match="area_circle"):
        await move_area(county.id, county.id)


async def test_an_area_ends_when_it_is_empty_and_its_code_can_be_given_again(county: AreaInfo) -> None:
    community, heir = await area("510821107001"), await area("510821107002")
    with pytest.raises(Refused, match="area_not_empty"):
        await end_area(community.id, on=date(2026, 12, 31), replaced_by_id=heir.id)
    await end_area((await area("510821107001012")).id, on=date(2026, 12, 31))
    ended = await end_area(community.id, on=date(2026, 12, 31), replaced_by_id=heir.id)
    assert ended.ended
    assert ended.replaced_by_id == heir.id
    assert await find_area("510821107001") is None
    new = await add_area(
        "510821107001",
        name_zh="新社区",
        name_en="New",
        kind="community",
        parent_id=ended.parent_id,
        valid_from=date(2027, 1, 1),
    )
    assert [found.id for found in await list_history("510821107001")] == [new.id, ended.id]


async def test_what_can_not_end(county: AreaInfo) -> None:
    village, community = await area("510821107002"), await area("510821107001")
    with pytest.raises(Refused, match="area_end"):
        await end_area(village.id, on=date(2020, 1, 1))
    with pytest.raises(Refused, match="area_heir"):
        await end_area(village.id, on=date(2027, 1, 1), replaced_by_id=village.id)
    await end_area(village.id, on=date(2027, 1, 1))
    with pytest.raises(Refused, match="area_over"):
        await end_area(village.id, on=date(2027, 1, 2))
    with pytest.raises(Refused, match="area_over"):
        await move_area(community.id, village.id)


async def test_a_code_is_one_place_at_a_time(county: AreaInfo) -> None:
    with pytest.raises(Refused, match="area_code_taken"):
        await add_area("510821108", name_zh="x", name_en="", kind="town", parent_id=county.id, valid_from=SINCE)
    with pytest.raises(Refused, match="area_code"):
        await add_area("51/0821", name_zh="x", name_en="", kind="town", parent_id=county.id, valid_from=SINCE)


async def test_a_broken_file_changes_nothing(county: AreaInfo) -> None:
    before = await Area.all().count()
    new = {"code": "510821200", "name_zh": "新乡", "kind": "township"}
    double = {**COUNTY, "townships": [new, new]}
    with pytest.raises(ValueError, match="twice"):
        await load_areas(double, valid_from=SINCE)
    with pytest.raises(ValueError, match="not in the file"):
        await load_areas(
            {**COUNTY, "townships": [new], "grids": {"7": [{"code": "71", "name_zh": "x"}]}}, valid_from=SINCE
        )
    assert await Area.all().count() == before


def test_a_place_without_a_name_is_named() -> None:
    with pytest.raises(ValueError, match="510821"):
        read_areas({"county": {"code": "510821"}})
