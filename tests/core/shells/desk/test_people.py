"""Finding, entering, reading in full, joining, and handing out slips and files."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from lianxin.access.models import SignInCode
from lianxin.audit.models import AuditEntry
from lianxin.data.models import Reading
from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Person
from lianxin.directory.people import claim_person
from lianxin.files.models import File
from lianxin.matters.attachments import attach_files
from lianxin.operate.demo.fill import demo_people
from lianxin.operate.demo.people import demo_id
from lianxin.operate.demo.staff import COMMUNITY
from lianxin.testing.site import BASE, SiteClient, TestSite
from lianxin.web.qr import qr_markup

from .conftest import OFFICER, STATION, Opening

pytestmark = pytest.mark.anyio


async def find(client: SiteClient, text: str) -> str:
    answer = await client.submit("/desk/find", {"q": text}, page="/desk/find")
    assert answer.status_code in (200, 303), answer.text
    return str(answer.headers.get("location") or answer.text)


async def test_one_box_takes_code_name_number_tail_and_telephone(
    site: TestSite, opening: Opening, resident: UUID
) -> None:
    matter = await opening()
    seed = next(seed for seed in demo_people() if seed.id == resident)
    assert seed.number is not None
    client = await site.client_of(STATION, staff=True)
    assert await find(client, f"{matter.code[:4]} {matter.code[4:].lower()}") == f"/desk/m/{matter.code}"
    for typed in (seed.name, seed.number.value, seed.number.value[-4:], seed.phone):
        assert f"/desk/people/{resident}" in await find(client, typed), typed
    nobody = await find(client, "查无此人")
    assert "/desk/people/new" in nobody
    assert (await client.submit("/desk/find", {"q": ""}, page="/desk/find")).status_code == 422


async def test_a_scanner_types_an_address_of_ours_into_the_box(site: TestSite, opening: Opening) -> None:
    matter, far = await opening(), await opening(area="510821103001")
    client = await site.client_of(STATION, staff=True)
    for scan in (f"/m/{matter.code}", f"/eservices/status?code={matter.code}", f"/account/m/{matter.code}"):
        assert await find(client, f"{BASE}{scan}") == f"/desk/m/{matter.code}"
    full_width = f"{BASE}/m/{matter.code}".replace(":", "：").replace("/", "／")
    assert await find(client, full_width) == f"/desk/m/{matter.code}"
    assert await find(client, f"{BASE}/m/{far.code}") == f"/m/{far.code}"
    assert await find(client, f"{BASE}/counter/s/abc?x=1") == "/counter/s/abc?x=1"
    for strange in (
        f"https://evil.example/m/{matter.code}",
        f"{BASE}//evil.example/",
        f"javascript:{BASE}",
        "何" * 250,
    ):
        assert "/desk/people/new" in await find(client, strange), strange


async def test_who_lives_elsewhere_is_found_by_her_number_alone(site: TestSite) -> None:
    far = next(p for p in demo_people() if not p.area.startswith(COMMUNITY[:9]) and p.seen and p.number)
    assert far.number is not None
    client = await site.client_of(STATION, staff=True)
    assert str(far.id) not in await find(client, far.name)
    assert (await client.get(f"/desk/people/{far.id}")).status_code == 404
    shown = await find(client, far.number.value)
    href = re.findall(rf'href="(/desk/people/{far.id}[^"]*)"', shown)[0]
    card = await client.get(href)
    assert card.status_code == 200
    assert far.number.value not in card.text
    other = await site.client_of(STATION, staff=True)
    assert (await other.get(href)).status_code == 404


async def test_an_id_number_is_read_with_a_reason_once_and_written_down(site: TestSite, resident: UUID) -> None:
    seed = next(seed for seed in demo_people() if seed.id == resident)
    assert seed.number is not None
    number = seed.number.value
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/people/{resident}/number"
    assert page in (await client.get(f"/desk/people/{resident}")).text
    assert (await client.submit(page, {"purpose": ""}, page=page)).status_code == 422
    assert not await Reading.filter(subject_id=resident).exists()
    shown = await client.submit(page, {"purpose": "核对户口簿"}, page=page)
    assert number in shown.text.replace(" ", "")
    reading = await Reading.get(subject_id=resident)
    assert (reading.reader_id, reading.purpose) == (STATION, "核对户口簿")
    assert number not in (await client.get(page)).text.replace(" ", "")
    phone = f"/desk/people/{resident}/phone"
    answer = await client.submit(phone, {"purpose": "约时间"}, page=phone)
    assert answer.status_code == 200
    assert await Reading.filter(subject_id=resident, table_name="phone").exists()


async def test_a_person_is_entered_once(site: TestSite) -> None:
    client = await site.client_of(STATION, staff=True)
    page = "/desk/people/new"
    typed = {"name": "吉克·阿木", "phone": "154 0839 9999", "area": COMMUNITY}
    wrong = await client.submit(page, typed | {"phone": "12"}, page=page)
    assert wrong.status_code == 422
    assert "吉克·阿木" in wrong.text
    made = await client.submit(page, typed, page=page)
    assert made.status_code == 303
    again = await client.submit(page, typed, page=page)
    assert again.headers["location"].split("?")[0] == made.headers["location"].split("?")[0]
    assert (await client.get(made.headers["location"])).status_code == 200
    assert await AuditEntry.filter(action="desk.person_entered", actor_id=STATION).count() == 1


async def test_who_may_be_there_already_is_asked_about(site: TestSite) -> None:
    client = await site.client_of(STATION, staff=True)
    page = "/desk/people/new"
    typed = {"name": "阿依古丽", "area": COMMUNITY}
    first = await client.submit(page, typed, page=page)
    known = first.headers["location"].split("?")[0].rpartition("/")[2]
    asked = await client.submit(page, typed, page=page)
    assert asked.status_code == 409
    assert f'value="{known}"' in asked.text
    used = await client.submit(page, typed | {"use": known}, page=page)
    assert known in used.headers["location"]
    anew = await client.submit(page, typed | {"use": "new"}, page=page)
    assert known not in anew.headers["location"]
    assert await Person.filter(name="阿依古丽").count() == 2


async def test_two_entries_are_joined(site: TestSite, resident: UUID) -> None:
    row = await Person.get(id=resident)
    async with unit_of_work():
        twin = (await claim_person(name=row.name, home_area_id=row.home_area_id, now=site.clock())).person_id
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/people/{twin}/merge"
    assert f'value="{resident}"' in (await client.get(page)).text
    assert (await client.submit(page, {"other": str(uuid4())}, page=page)).status_code == 422
    done = await client.submit(page, {"other": str(resident)}, page=page)
    assert str(resident) in done.headers["location"]
    assert (await Person.get(id=twin)).merged_into_id == resident
    assert (await client.get(done.headers["location"])).status_code == 200
    page = f"/desk/people/{resident}/merge"
    assert (await client.submit(f"{page}/undo", {"other": str(uuid4())}, page=page)).status_code == 422
    parted = await client.submit(f"{page}/undo", {"other": str(twin)}, page=page)
    assert parted.status_code == 303
    assert (await Person.get(id=twin)).merged_into_id is None
    deeds = [entry.action for entry in await AuditEntry.filter(object_id=resident).order_by("id")]
    assert deeds == ["desk.people_merged", "desk.people_parted"]


async def test_a_slip_is_shown_once_and_recorded(site: TestSite, resident: UUID) -> None:
    client = await site.client_of(STATION, staff=True)
    page = f"/desk/people/{resident}/slip"
    slip = await client.submit(page, page=page)
    printed = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", slip.text)
    assert printed
    code = printed[0].replace("-", "")
    assert str(qr_markup(f"{site.config.base_url.rstrip('/')}/sign-in/slip?slip={code}")) in slip.text
    assert f'value="{code}"' in (await site.client().get(f"/sign-in/slip?slip={code}")).text
    assert await SignInCode.filter(person_id=resident, purpose="slip").count() == 1
    assert await AuditEntry.filter(action="access.slip", object_id=resident).exists()


async def test_rights_over_people(site: TestSite, resident: UUID) -> None:
    officer = await site.client_of(OFFICER, staff=True)
    assert (await officer.get(f"/desk/people/{resident}")).status_code in (200, 403, 404)
    assert (await officer.get("/desk/people/new")).status_code == 403
    assert (await officer.get(f"/desk/people/{resident}/slip")).status_code == 403
    grid = await site.client_of(demo_id("staff", "grid"), staff=True)
    assert (await grid.get("/desk/find")).status_code == 403
    station = await site.client_of(STATION, staff=True)
    assert (await station.get("/desk/people/nonsense")).status_code == 404


async def test_a_file_is_for_who_sees_its_matter_and_for_its_owner(
    site: TestSite, opening: Opening, resident: UUID
) -> None:
    matter = await opening()
    client = await site.client_of(resident)
    file_id = await _stored(site, resident)
    assert (await client.get(f"/files/{file_id}")).status_code == 200
    staff = await site.client_of(STATION, staff=True)
    assert (await staff.get(f"/files/{file_id}")).status_code == 404
    async with unit_of_work():
        await attach_files(matter.id, [file_id], "photo", by_id=resident, now=site.clock())
    seen = await staff.get(f"/files/{file_id}")
    assert seen.status_code == 200
    assert seen.headers["content-type"] == "image/jpeg"
    assert f"/files/{file_id}" in (await staff.get(f"/desk/m/{matter.code}")).text
    assert await Reading.filter(reader_id=STATION, subject_id=resident).exists()
    officer = await site.client_of(OFFICER, staff=True)
    assert (await officer.get(f"/files/{file_id}")).status_code == 404
    assert (await staff.get("/files/nonsense")).status_code == 404


async def _stored(site: TestSite, owner: UUID) -> UUID:
    from io import BytesIO

    from PIL import Image

    from lianxin.files import stage_upload

    picture = BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "PNG")

    async def pieces() -> AsyncIterator[bytes]:
        yield picture.getvalue()

    info = await stage_upload(pieces(), "photo.png", owner, site.clock())
    assert await File.filter(id=info.id).exists()
    return info.id
