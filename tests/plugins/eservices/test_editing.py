"""The catalogue's administration over HTTP: change, try, compare, publish; whoever began stays on hers."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.api import list_deeds, set_setting, unit_of_work, uuid7
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices.actions.publishing import publish_items
from lianxin_eservices.models import Case, Draft, GivenMaterial, Item, ItemDraft, ItemVersion, Publication, Trial
from lianxin_eservices.queries.items import find_published, get_published
from lianxin_eservices.rules.catalogue import item_from_json
from lianxin_eservices.rules.plain import Text
from lianxin_eservices.rules.question import Choice, ExtraQuestion, QuestionKind
from tests.plugins.eservices.applying import KEY, answer, begin, followed, send, step_of, to_the_review
from tests.plugins.eservices.people import person_named, resident, staff

pytestmark = pytest.mark.anyio
PENSION, CODE = "resident-pension-enrol", "RS-001"
TOP = "/eservices/admin/services"
ONE = f"{TOP}/{CODE}"
QUESTION = {
    "label_zh": "养老金打到哪张卡？",
    "label_en": "To which card shall the pension go?",
    "code": "CARD",
    "kind": "one_choice",
    "required": "yes",
    "choices": "ssc | 社会保障卡 | Social-security card\nbank | 银行卡 | Bank card",
}


async def editor(county: TestSite) -> SiteClient:
    """Whoever keeps the catalogue."""
    return await county.client_of((await staff("昝雨薇", county)).person_id, staff=True)


async def press(client: SiteClient, page: str, target: str, data: dict[str, Any] | None = None) -> Any:
    """Sends the form of a page that goes to `target`, with its hidden fields."""
    shown = (await client.get(page)).text
    form = next(part for part in shown.split("<form")[1:] if f'action="{target}"' in part)
    form = form.partition("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    typed = {**hidden, "_key": KEY.findall(form)[0], **(data or {})}
    return await client.post(target, data=typed)


def values_in(page: str) -> dict[str, Any]:
    """What stands in the fields of a page, as a browser would send it."""
    inputs = re.findall(r'<input class="input[^>]*value="([^"]*)"[^>]*name="(\w+)"', page)
    found: dict[str, Any] = {name: html.unescape(value) for value, name in inputs}
    areas = re.findall(r'<textarea class="input"[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', page)
    found |= {name: html.unescape(text) for name, text in areas}
    for name, options in re.findall(r'<select class="input"[^>]*name="(\w+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    for name, value in re.findall(r'type="checkbox"[^>]*name="(\w+)" value="([^"]*)" checked', page):
        found[name] = [*found.get(name, []), value]
    return found


async def change(client: SiteClient, subject: str, data: dict[str, Any], place: str = "") -> Any:
    """Changes fields of one page, and leaves the others as they stand there."""
    address = f"{ONE}/edit/{subject}" + (f"/{place}" if place else "")
    page = (await client.get(address)).text
    return await press(client, address, address, {**values_in(page), **data})


async def begun(county: TestSite) -> SiteClient:
    client = await editor(county)
    assert (await press(client, ONE, f"{ONE}/begin")).status_code == 303
    return client


async def publish(client: SiteClient, reason: str = "县里今年的通知") -> Any:
    return await press(client, f"{ONE}/publish", f"{ONE}/publish", {"reason": reason})


def errors(answered: Any) -> list[str]:
    return [re.sub("<.*?>", "", each) for each in re.findall(r'class="err".*?</p>', answered.text)]


async def test_a_question_is_added_tried_compared_and_published_and_who_began_stays_on_hers(county: TestSite) -> None:
    person = await resident(county)
    she = await county.client_of(person.id)
    address = await answer(she, await begin(she, PENSION), {"whom": "self"})
    other = await county.client_of((await person_named("何勇", county)).id)

    client = await begun(county)
    added = await change(client, "questions", QUESTION, "new")
    assert added.status_code == 303, errors(added)
    assert QUESTION["label_zh"] in (await client.get(f"{ONE}/edit/questions")).text
    assert QUESTION["label_zh"] in (await client.get(f"{ONE}/compare")).text
    assert (await client.get(f"/eservices/preview/{CODE}")).status_code == 200
    await tried(client)
    assert await Case.all().count() == await Draft.filter(ended_at=None).count() - 1 == 0
    assert QUESTION["label_zh"] not in (await other.get(f"/eservices/{PENSION}/")).text

    assert (await publish(client)).status_code == 303
    deeds = [deed.action for deed in (await list_deeds()).rows]
    assert deeds.count("eservices.items_published") == 1
    hers = await to_the_review(she, address, {}, photos=1)
    assert QUESTION["label_zh"] not in (await she.get(hers)).text
    mine = (await send(she, hers)).rsplit("/", 1)[1]
    assert QUESTION["label_zh"] not in (await she.get(f"/account/m/{mine}")).text
    old, new = await ItemVersion.filter(item__code=CODE).order_by("number")
    assert (await Case.first()).version_id == old.id  # type: ignore[union-attr]
    assert (await get_published(PENSION)).version_id == new.id

    again = await asked_to_the_end(she, {"ask-CARD": {"said": "bank"}})
    page = (await she.get(again)).text
    assert QUESTION["label_zh"] in page
    assert "银行卡" in page
    code = (await send(she, again)).rsplit("/", 1)[1]
    assert "银行卡" in (await she.get(f"/account/m/{code}")).text
    station = await county.client_of((await staff("何静", county)).person_id, staff=True)
    assert "银行卡" in (await station.get(f"/desk/m/{code}")).text
    assert (
        "银行卡" in (await she.get("/account/readings")).text or (await she.get("/account/readings")).status_code == 200
    )


async def asked_to_the_end(client: SiteClient, given: dict[str, dict[str, Any]]) -> str:
    """A new application, answered until the review."""
    address = await begin(client, PENSION)
    while step_of(address) != "review":
        step = step_of(address)
        if step in given:
            refused = await client.post(address, data={"_key": KEY.findall((await client.get(address)).text)[-1]})
            assert refused.status_code == 422
            address = await answer(client, address, given[step])
        else:
            address = await answer(client, address, {"whom": {"whom": "self"}, "phone": {}}.get(step, {"later": "yes"}))
    return address


async def tried(client: SiteClient) -> None:
    """The trial run, question by question, to its end."""
    address = await followed(client, f"/eservices/trial/{CODE}/next")
    given = {
        "whom": {"whom": "family"},
        "name": {"name": "周桂华"},
        "id-number": {"id_number": "510899195803154328"},
        "phone": {"phone": "13800000001"},
        "ask-CARD": {"said": "ssc"},
    }
    seen = []
    while step_of(address) != "review":
        step = step_of(address)
        seen.append(step)
        place = {"area": "510821107001" if "above=" in address else "510821107"}
        page = (await client.get(address)).text
        typed = given.get(step, place if step == "area" else {})
        sent = await client.post(address.split("?")[0], data={**typed, "_key": KEY.findall(page)[0]})
        assert sent.status_code == 303, (step, errors(sent))
        address = await followed(client, sent.headers["location"])
    assert "ask-CARD" in seen
    review = (await client.get(address)).text
    assert "社会保障卡" in review
    assert "/eservices/draft/" not in review
    assert await Trial.all().count() == 1
    assert await GivenMaterial.filter(draft_id__isnull=False).count() == 0
    assert (await press(client, address, f"/eservices/trial-end/{CODE}")).status_code == 303
    assert await Trial.all().count() == 0


@pytest.mark.parametrize(
    ("subject", "data", "sentence"),
    [
        ("names", {"plain_name_en": ""}, "填写"),
        ("names", {"slug": "Not An Address"}, "slug"),
        ("names", {"slug": "desk"}, "slug"),
        ("limits", {"committed_limit__value": "999"}, "committed_limit"),
        ("limits", {"committed_limit__value": "soon"}, "数"),
        ("fee", {"fee__charged": "yes", "fee__amount_fen": "12.50"}, "basis"),
        ("fee", {"fee__amount_fen": "a lot"}, "元"),
        ("who", {"visits_required": ""}, "填写"),
        ("result", {"keep_times__approved_years": "0"}, "keep"),
    ],
)
async def test_what_the_loader_refuses_is_refused_at_its_field_and_what_was_typed_stays(
    county: TestSite, subject: str, data: dict[str, Any], sentence: str
) -> None:
    client = await begun(county)
    before = (await ItemDraft.get(item__code=CODE)).content
    refused = await change(client, subject, data)
    assert refused.status_code == 422
    assert len(errors(refused)) == 1
    typed = next(iter(data.values()))
    if typed and typed != "yes":
        assert f'value="{typed}"' in refused.text
    assert (await ItemDraft.get(item__code=CODE)).content == before


async def test_every_page_keeps_what_stands_on_it_as_it_was(county: TestSite) -> None:
    """Sending each page as it is shown changes nothing: what the form shows is what the guide says."""
    client = await begun(county)
    before = (await ItemDraft.get(item__code=CODE)).content
    for subject in ("names", "who", "limits", "states", "fee", "result", "notices"):
        sent = await change(client, subject, {})
        assert sent.status_code == 303, (subject, errors(sent))
        assert (await ItemDraft.get(item__code=CODE)).content == before, subject
    for subject, path in (("papers", "materials"), ("steps", "steps")):
        for place in range(len(before[path])):
            sent = await change(client, subject, {}, str(place))
            assert sent.status_code == 303, (subject, errors(sent))
            assert (await ItemDraft.get(item__code=CODE)).content == before, (subject, place)
    assert (await change(client, "questions", QUESTION, "new")).status_code == 303
    with_question = (await ItemDraft.get(item__code=CODE)).content
    assert (await change(client, "questions", {}, "0")).status_code == 303
    assert (await ItemDraft.get(item__code=CODE)).content == with_question


async def test_entries_move_and_leave(county: TestSite) -> None:
    client = await begun(county)
    codes = [one["code"] for one in (await ItemDraft.get(item__code=CODE)).content["materials"]]
    for place, do, expected in (
        (0, "down", [codes[1], codes[0], *codes[2:]]),
        (1, "up", codes),
        (len(codes) - 1, "remove", codes[:-1]),
    ):
        target = f"{ONE}/edit/papers/{place}/move"
        assert (await press(client, f"{ONE}/edit/papers", target, {"do": do})).status_code == 303
        assert [one["code"] for one in (await ItemDraft.get(item__code=CODE)).content["materials"]] == expected


async def test_two_editors_do_not_overwrite_each_other_unseen(county: TestSite) -> None:
    client = await begun(county)
    page = (await client.get(f"{ONE}/edit/fee")).text
    stale = re.search(r'name="revision" value="(\d+)"', page)
    assert stale
    assert (
        await change(client, "notices", {"notices__decision_zh": "钱下月到", "notices__decision_en": "Next month"})
    ).status_code == 303
    sent = await press(client, f"{ONE}/edit/fee", f"{ONE}/edit/fee", {**values_in(page), "revision": stale[1]})
    assert sent.status_code == 409
    assert (await publish_of(client, int(stale[1]))).status_code == 409
    assert (await publish(client)).status_code == 303


async def publish_of(client: SiteClient, revision: int) -> Any:
    data = {"reason": "旧的页面", "revision": str(revision)}
    return await press(client, f"{ONE}/publish", f"{ONE}/publish", data)


async def test_where_four_eyes_are_wanted_who_edited_does_not_publish(county: TestSite) -> None:
    client = await begun(county)
    who = await staff("昝雨薇", county)
    async with unit_of_work():
        await set_setting("eservices.four_eyes", "yes", area_id=None, by_id=who.person_id, now=county.clock())
    assert (await publish(client)).status_code == 409
    assert await ItemDraft.all().count() == 1
    await ItemDraft.all().update(edited_by=[str(uuid7())])
    assert (await publish(client)).status_code == 303


async def test_a_faulty_draft_is_not_published_and_says_why(county: TestSite) -> None:
    client = await begun(county)
    row = await ItemDraft.get(item__code=CODE)
    await ItemDraft.filter(id=row.id).update(content={**row.content, "materials": []})
    assert "materials" in (await client.get(ONE)).text or "材料" in (await client.get(ONE)).text
    assert (await publish(client)).status_code == 422
    assert await ItemVersion.filter(item__code=CODE).count() == 1


async def test_an_older_version_is_set_live_again_and_a_service_is_withdrawn_and_offered_again(
    county: TestSite,
) -> None:
    client = await begun(county)
    first = await get_published(PENSION)
    await change(client, "names", {"plain_name_zh": "参加养老保险（新）"})
    assert (await publish(client)).status_code == 303
    assert (await get_published(PENSION)).guide.plain_name.zh == "参加养老保险（新）"
    again = await press(client, f"{ONE}/versions/1", f"{ONE}/versions/1", {"reason": "改错了"})
    assert again.status_code == 303
    assert (await get_published(PENSION)).version_id == first.version_id
    assert (await press(client, f"{ONE}/versions/1", f"{ONE}/versions/1", {"reason": "再来"})).status_code == 409
    assert (await client.get(f"{ONE}/versions/9")).status_code == 404
    assert (await press(client, f"{ONE}/offer", f"{ONE}/offer", {"reason": "政策停了"})).status_code == 303
    assert await find_published(PENSION) is None
    assert (await client.get(f"/eservices/{PENSION}/")).status_code == 404
    assert CODE in (await client.get(f"{TOP}?state=withdrawn&q={CODE}")).text
    assert (await press(client, f"{ONE}/offer", f"{ONE}/offer", {"reason": "又有了"})).status_code == 303
    assert await find_published(PENSION) is not None
    deeds = await Publication.filter(item__code=CODE).order_by("at", "id").values_list("deed", flat=True)
    assert deeds == ["published", "published", "set_live", "withdrawn", "offered"]


async def test_a_new_service_is_a_copy_that_nobody_sees_before_it_is_published(county: TestSite) -> None:
    client = await editor(county)
    data = {
        "like": CODE,
        "code": "RS-099",
        "slug": "pension-by-land",
        "plain_name_zh": "失地农民养老",
        "plain_name_en": "Land pension",
    }
    for wrong in ({"code": "rs99"}, {"code": CODE}, {"slug": PENSION}):
        assert (await press(client, f"{TOP}/new", f"{TOP}/new", {**data, **wrong})).status_code == 422
    assert (await press(client, f"{TOP}/new", f"{TOP}/new", data)).status_code == 303
    assert (await client.get("/eservices/pension-by-land/")).status_code == 404
    assert "失地农民养老" in (await client.get(f"{TOP}?state=new")).text
    new = f"{TOP}/RS-099"
    assert (await press(client, f"{new}/publish", f"{new}/publish", {"reason": "新政策"})).status_code == 303
    assert (await client.get("/eservices/pension-by-land/")).status_code == 200


async def test_what_is_exported_is_imported_as_nothing_new(county: TestSite) -> None:
    client = await editor(county)
    whole = (await client.get(f"{TOP}/export.yaml")).text
    assert whole.count("\n- code:") == 57
    page = (await client.get(f"{TOP}/import")).text

    async def imported(text: str) -> Any:
        key = KEY.findall((await client.get(f"{TOP}/import")).text)[-1]
        return await client.post(
            f"{TOP}/import", data={"_key": key}, files=[("file", ("s.yaml", text.encode(), "application/yaml"))]
        )

    assert page
    assert (await imported(whole)).status_code == 303
    assert await ItemDraft.all().count() == 0
    one = (await client.get(f"{ONE}/export.yaml")).text
    assert (await imported(one.replace("plain_name_en: ", "plain_name_en: New "))).status_code == 303
    assert await ItemDraft.all().count() == 1
    for bad in (
        "a: [",
        "services: []",
        one.replace("code: RS-001", "code:"),
        "!!python/object:os.system x",
        "schema: other/1",
    ):
        assert (await imported(bad)).status_code == 422, bad
    several = f"{TOP}/publish"
    row = await ItemDraft.get(item__code=CODE)
    chosen = {"services": [f"{CODE}:{row.revision}"], "reason": "一起发布"}
    assert (await press(client, several, several, {**chosen, "services": []})).status_code == 422
    assert (await press(client, several, several, chosen)).status_code == 303
    assert (await get_published(PENSION)).guide.plain_name.en.startswith("New ")


async def test_dropping_a_draft_leaves_what_is_live(county: TestSite) -> None:
    client = await begun(county)
    before = await get_published(PENSION)
    assert (await press(client, ONE, f"{ONE}/drop")).status_code == 303
    assert await ItemDraft.all().count() == 0
    assert await get_published(PENSION) == before
    assert (await client.get(f"{ONE}/edit/names")).status_code == 404


async def test_every_kind_of_question_is_asked_and_told(county: TestSite) -> None:
    item = await get_published(PENSION)
    ways = (Choice("a", Text("甲项", "Way A")), Choice("b", Text("乙项", "Way B")))
    asked = tuple(
        ExtraQuestion(
            kind.name, kind, Text(f"{kind.value}？", f"{kind.value}?"), choices=ways if "choice" in kind else ()
        )
        for kind in QuestionKind
    )
    await publish_items([replace(item.guide, questions=asked)], now=county.clock(), reorder=False)
    she = await county.client_of((await resident(county)).id)
    given = {
        "ask-YES_NO": {"said": "yes"},
        "ask-ONE_CHOICE": {"said": "b"},
        "ask-SEVERAL_CHOICES": {"said": ["a", "b"]},
        "ask-SHORT_TEXT": {"said": "三组"},
        "ask-LONG_TEXT": {"said": "两行\n话"},
        "ask-NUMBER": {"said": "42"},
        "ask-DATE": {"said": "2026-02-28"},
        "ask-MONEY": {"said": "12.5"},
    }
    page = (await she.get(await asked_to_the_end(she, given))).text
    for text in ("乙项", "甲项", "三组", "两行", "42", "12.50"):
        assert text in page
    for step, wrong in (("ask-MONEY", "lots"), ("ask-NUMBER", "many"), ("ask-DATE", "31.2."), ("ask-ONE_CHOICE", "c")):
        draft = re.search(r"/eservices/draft/[\w-]+/", page)
        assert draft
        key = KEY.findall((await she.get(f"{draft[0]}{step}")).text)[-1]
        assert (await she.post(f"{draft[0]}{step}", data={"said": wrong, "_key": key})).status_code == 422


async def test_the_list_asks_the_database_as_often_for_one_as_for_many(county: TestSite) -> None:
    client = await editor(county)
    for address in (TOP, f"{TOP}?state=draft", f"{TOP}?q=%E4%BD%8E%E4%BF%9D", f"{TOP}/publish", ONE):
        assert (await client.get(address)).status_code == 200
    await begun(county)
    for address in (f"{TOP}?state=draft", f"{TOP}/publish", ONE):
        assert (await client.get(address)).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"deed": "lost"}, {"reason": ""}],
)
async def test_the_history_is_guarded(site: TestSite, wrong: dict[str, Any]) -> None:
    row = await Publication.first()
    assert row is not None
    values = {
        "item_id": row.item_id,
        "version_id": row.version_id,
        "deed": "published",
        "reason": "x",
        "at": site.clock(),
    }
    with pytest.raises(IntegrityError):
        await Publication.create(**{**values, **wrong})


async def test_a_line_of_the_history_never_changes(site: TestSite) -> None:
    row = await Publication.first()
    assert row is not None
    with pytest.raises(Exception, match="eservices_publication_kept|append"):
        await Publication.filter(id=row.id).update(reason="other")


async def test_one_draft_an_item_and_one_trial_an_editor(county: TestSite) -> None:
    await begun(county)
    row = await ItemDraft.get(item__code=CODE)
    values = {"content": {}, "edited_by": [], "created_at": county.clock(), "updated_at": county.clock()}
    with pytest.raises(IntegrityError):
        await ItemDraft.create(item_id=row.item_id, **values)
    other = await Item.get(code="MZ-001")
    with pytest.raises(IntegrityError):
        await ItemDraft.create(item_id=other.id, revision=0, **values)
    person = (await resident(county)).id
    tried_once = {"item_draft_id": row.id, "person_id": person, "papers": [], "updated_at": county.clock()}
    await Trial.create(**tried_once)
    with pytest.raises(IntegrityError):
        await Trial.create(**tried_once)


async def test_a_thousand_items_are_published_in_few_queries(site: TestSite) -> None:
    version = await ItemVersion.filter(item__code=CODE).first()
    assert version is not None
    guide = item_from_json(version.content)
    many = [replace(guide, code=f"XX-{n:04d}", slug=f"made-{n}") for n in range(300)]
    assert await publish_items(many, now=site.clock(), reorder=False) == 300
    assert await publish_items(many, now=site.clock(), reorder=False) == 0
    changed = [replace(one, visits_required=3) for one in many[:10]]
    assert await publish_items([*changed, *many[10:]], now=site.clock(), reorder=False) == 10
    assert await ItemVersion.filter(item__code="XX-0003").count() == 2
