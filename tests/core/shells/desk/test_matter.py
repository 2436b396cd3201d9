"""One matter at the desk: beside its list, alone for htmx, taken, noted, handed over, moved on."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image

from lianxin.matters.advancing import advance
from lianxin.matters.info import load_matter
from lianxin.matters.models import MatterFile, Note, Task
from lianxin.testing.site import TestSite

from .conftest import STATION, STATION_2, SUPERVISOR, Opening
from .test_queue import HTMX, _staff

pytestmark = pytest.mark.anyio


async def test_it_stands_beside_the_list_with_the_plugins_middle(site: TestSite, opening: Opening) -> None:
    matter, other = await opening("修路灯"), await opening("另一件")
    client = await site.client_of(STATION, staff=True)
    text = (await client.get(f"/desk/m/{matter.code}")).text
    assert f"middle of {matter.code}" in text
    assert "panes-open" in text
    assert other.code in text
    assert 'aria-current="true"' in text
    assert 'data-key="c"' in text


async def test_htmx_gets_the_detail_alone(site: TestSite, opening: Opening) -> None:
    matter, other = await opening("修路灯"), await opening("另一件")
    client = await site.client_of(STATION, staff=True)
    text = (await client.get(f"/desk/m/{matter.code}", headers=HTMX)).text
    assert "<html" not in text
    assert other.code not in text
    assert f"middle of {matter.code}" in text


async def test_a_transition_without_questions_is_one_button(site: TestSite, opening: Opening) -> None:
    matter = await opening()
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/m/{matter.code}"
    assert f'action="{page}/answer"' in (await client.get(page)).text
    answer = await client.submit(f"{page}/answer", page=page)
    assert answer.status_code == 303
    assert answer.headers["location"] == page
    assert (await load_matter(matter.id)).state_name == "answered"
    assert "Answered" in (await client.get(page)).text


async def test_a_transition_with_questions_asks_them_and_keeps_what_was_typed(site: TestSite, opening: Opening) -> None:
    matter = await opening()
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/m/{matter.code}/refuse"
    assert f'href="{page}"' in (await client.get(f"/desk/m/{matter.code}")).text
    wrong = await client.submit(page, {"remark": ""}, page=page)
    assert wrong.status_code == 422
    assert "Write why not." in wrong.text
    right = await client.submit(page, {"remark": "不归我们管"}, page=page)
    assert right.status_code == 303
    assert "不归我们管" in (await client.get(f"/desk/m/{matter.code}")).text


async def test_files_of_a_transition_are_there_when_it_takes_effect(site: TestSite, opening: Opening) -> None:
    matter = await opening()
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/m/{matter.code}/refuse"
    assert "upload.js" in (await client.get(page)).text
    picture = BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "PNG")
    papers = [("papers", (f"{n}.png", picture.getvalue(), "image/png")) for n in range(2)]
    spoilt = await client.submit(
        page, {"remark": "见附件"}, page=page, files=[("papers", ("a.png", b"no", "image/png"))]
    )
    assert spoilt.status_code == 422
    assert (await load_matter(matter.id)).state_name == "new"
    done = await client.submit(page, {"remark": "见附件"}, page=page, files=papers)
    assert done.status_code == 303
    assert await MatterFile.filter(matter_id=matter.id, label="paper").count() == 2
    assert (await client.get(f"/desk/m/{matter.code}")).text.count("/files/") == 4


async def test_a_button_pressed_too_late_is_answered_on_the_page(site: TestSite, opening: Opening) -> None:
    matter = await opening()
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/m/{matter.code}"
    await client.get(page)
    await advance(matter, "answer", by=await _staff(site, STATION_2), now=site.clock())
    for late in ("answer", "refuse"):
        answer = await client.post(f"{page}/{late}", data={"remark": "x"})
        assert answer.status_code == 409, late
        assert "Answered" in answer.text
        assert f"middle of {matter.code}" in answer.text
    shown = await client.get(f"{page}/refuse")
    assert shown.status_code == 409
    assert (await client.get(f"{page}/nothing")).status_code == 404


async def test_the_second_of_two_clicks_changes_nothing_and_leads_to_the_same_page(
    site: TestSite, opening: Opening
) -> None:
    matter = await opening()
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/m/{matter.code}"
    key = re.findall(r'name="_key" value="([^"]+)"', (await client.get(page)).text)[0]
    twice = [await client.post(page, data={"do": "claim", "_key": key}) for _ in range(2)]
    assert [answer.headers["location"] for answer in twice] == [page, page]
    assert (await load_matter(matter.id)).version == matter.version + 1


async def test_given_back_and_handed_over(site: TestSite, opening: Opening) -> None:
    matter = await opening()
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/m/{matter.code}"
    for deed in ("claim", "release", "claim"):
        assert (await client.submit(page, {"do": deed}, page=page)).status_code == 303
    missing = await client.submit(page, {"do": "hand_over", "colleague": ""}, page=page)
    assert missing.status_code == 422
    text = (await client.get(page)).text
    assert str(STATION_2) in text
    assert str(SUPERVISOR) not in text
    done = await client.submit(page, {"do": "hand_over", "colleague": str(STATION_2), "remark": "请您办"}, page=page)
    assert done.status_code == 303
    assert (await load_matter(matter.id)).owner_id == STATION_2
    assert (await client.post(page, data={"do": "fly"})).status_code == 422


async def test_notes_are_kept_and_an_empty_one_is_said_so(site: TestSite, opening: Opening) -> None:
    matter = await opening()
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/m/{matter.code}"
    assert (await client.submit(page, {"do": "note", "text": ""}, page=page)).status_code == 422
    kept = await client.submit(page, {"do": "note", "text": "下午<b>再打", "public": "yes"}, page=page)
    assert kept.status_code == 303
    note = await Note.get(matter_id=matter.id)
    assert note.public
    assert note.text == "下午<b>再打"
    assert "下午&lt;b&gt;再打" in (await client.get(page)).text


async def test_a_task_is_opened_found_and_finished(site: TestSite, opening: Opening) -> None:
    matter = await opening()
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/m/{matter.code}"
    await client.submit(f"{page}/ring", page=page)
    task = await Task.get(matter_id=matter.id)
    address = f"/desk/tasks/{task.id}"
    assert address in (await client.get("/desk/tasks")).text
    assert address in (await client.get(page)).text
    assert (await client.submit(address, {"outcome": ""}, page=address)).status_code == 422
    done = await client.submit(address, {"outcome": "说好了"}, page=address)
    assert done.headers["location"] == page
    assert (await client.get(address)).status_code == 404
    assert "说好了" in (await client.get(page)).text


async def test_the_applicants_own_colleague_can_not_handle_it(site: TestSite, opening: Opening) -> None:
    matter = await opening(applicant=STATION)
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/m/{matter.code}"
    text = (await client.get(page)).text
    assert 'value="claim"' not in text
    assert f"{page}/answer" not in text
    assert (await client.post(page, data={"do": "claim"})).status_code == 403


async def test_a_supervisor_reads_and_the_page_is_whole_in_both_languages(
    site: TestSite, opening: Opening, resident: UUID
) -> None:
    matter = await opening()
    client = await site.client_of(SUPERVISOR, staff=True)
    for language in ("zh", "en"):
        shown = await client.get(f"/desk/m/{matter.code}?lang={language}")
        assert shown.status_code == 200
    assert (await client.get(f"/desk/people/{resident}")).status_code == 403
