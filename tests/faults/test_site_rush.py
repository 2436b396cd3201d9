"""The eight o'clock of a new subsidy: everybody applies for the same at once, and nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lianxin.data.models import Job
from lianxin.matters.models import Matter, MatterMessage
from lianxin.operate.demo.staff import COMMUNITY, STAFF
from lianxin_eservices.models import Case, GivenMaterial
from tests.faults.real_site import ended_after, serve, token_of, work
from tests.faults.rushing import people, rush
from tests.faults.site_fixtures import RealSite
from tests.faults.site_fixtures import processes_template as processes_template
from tests.faults.site_fixtures import real as real
from tests.faults.size import size

pytestmark = [pytest.mark.anyio, pytest.mark.fault]
APPLICANTS = size(12, 100)
SECONDS = size(3.0, 30.0)
ITEM = "resident-pension-enrol"


async def test_all_who_apply_at_once_are_in_the_queue_once(real: RealSite) -> None:
    planted = await Job.filter(state="dead").values_list("id", flat=True)
    tokens = await people(APPLICANTS, COMMUNITY, datetime.now(UTC))
    station = next(seed for seed in STAFF if seed.login == "station")
    web = await serve(real.config, "--no-worker")
    worker = await work(real.config)
    async with ended_after(web, worker):
        found = await rush(web, ITEM, tokens, await token_of(station.person_id, staff=True), within=SECONDS)
    assert not found.faults, found.faults[0]
    assert len(set(found.codes)) == APPLICANTS
    matters = await Matter.filter(code__in=found.codes).values_list("id", flat=True)
    assert len(matters) == await Case.filter(matter_id__in=list(matters)).count() == APPLICANTS
    told = await MatterMessage.filter(matter_id__in=list(matters)).values_list("matter_id", flat=True)
    assert sorted(told) == sorted(matters), "each was told of her receipt, once"
    with_photo = [row for row in await GivenMaterial.filter(matter_id__in=list(matters)) if row.files]
    assert len({row.matter_id for row in with_photo}) == APPLICANTS
    dead = await Job.filter(state="dead").exclude(id__in=list(planted))
    assert [f"{job.name}: {job.last_error}" for job in dead] == []
