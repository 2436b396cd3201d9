"""Who sees what: rights, grants, and the condition of every query of matters, against a rule written plainly."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise.expressions import Q

from lianxin.access import visible
from lianxin.access.actor import ANYBODY, SYSTEM_ACTOR, Actor, GrantHeld
from lianxin.access.rights import Rights, get_rights
from lianxin.access.visible import covers, visible_matters
from lianxin.config import Config
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Flow, State, StateKind
from lianxin.directory.models import Organisation
from lianxin.matters.models import Matter
from tests.core.access.conftest import ACCEPT, READ, make_area, make_person

pytestmark = pytest.mark.anyio

COUNTY, TOWN, VILLAGE, OTHER = "/510821/", "/510821/510821107/", "/510821/510821107/510821107001/", "/510821/510821103/"
PATHS = (COUNTY, TOWN, VILLAGE, OTHER)
OFFICES = (uuid4(), uuid4())


def flow(name: str, read: str) -> Flow:
    """A flow of one state."""
    state = State("open", "open", StateKind.OFFICE, "…")
    return Flow(name, 1, name, "i", (state,), (), "open", read, read, "station_staff")


CASES, EVENTS = flow("eservices.case", READ), flow("grid.event", "grid.event.read")
grants = st.builds(
    GrantHeld,
    role=st.sampled_from(["station_staff", "department_officer", "auditor", "gone"]),
    area_path=st.sampled_from([None, *PATHS]),
    organisation_id=st.sampled_from([None, *OFFICES]),
)


def names() -> Rights:
    """The rights at hand."""
    return get_rights()


def test_kernel_roles() -> None:
    staff = {name for name, role in names().roles.items() if role.staff}
    assert names().roles["resident"].staff is False
    assert len(staff) == 9
    assert names().permissions_of("nobody") == frozenset()
    assert names().roles_with(ACCEPT) == {"station_staff"}


def test_nobody_holds_nothing_and_the_system_everything() -> None:
    assert not ANYBODY.may("account.page")
    assert SYSTEM_ACTOR.may(READ, area_path=COUNTY)
    assert (ANYBODY.role, SYSTEM_ACTOR.role) == ("", "system")


def test_every_person_may_what_a_resident_may() -> None:
    for actor in (Actor(person_id=uuid4()), Actor(person_id=uuid4(), staff=True, grants=(GrantHeld("auditor"),))):
        assert actor.may("account.page")
        assert not actor.may(READ)


@given(st.lists(grants, max_size=3))
def test_without_a_staff_method_grants_do_not_count(held: list[GrantHeld]) -> None:
    actor = Actor(person_id=uuid4(), grants=tuple(held))
    assert not actor.may(READ)
    assert actor.roles == frozenset()
    assert actor.role == "resident"


@given(grants, st.sampled_from(PATHS), st.sampled_from([None, *OFFICES]))
def test_one_grant_covers_role_place_and_organisation_at_once(
    grant: GrantHeld, path: str, organisation: UUID | None
) -> None:
    actor = Actor(person_id=uuid4(), staff=True, grants=(grant,))
    holds = grant.role in ("station_staff", "department_officer")
    here = grant.area_path is None or path.startswith(grant.area_path)
    ours = grant.organisation_id is None or grant.organisation_id == organisation
    assert actor.may(READ, area_path=path, organisation_id=organisation) == (holds and here and ours)
    assert actor.may(READ) == holds


def test_two_halves_make_no_whole() -> None:
    halves = (GrantHeld("station_staff", area_path=OTHER), GrantHeld("auditor", area_path=TOWN))
    assert not Actor(person_id=uuid4(), staff=True, grants=halves).may(READ, area_path=TOWN)


def test_acting_for_somebody() -> None:
    actor, other = Actor(person_id=uuid4()), uuid4()
    assert actor.acting_for(other).on_behalf_of_id == other
    assert actor.person_id is not None
    assert actor.acting_for(actor.person_id).on_behalf_of_id is None


class Seeded:
    """Matters of every kind, and the people and offices they are about."""

    def __init__(self) -> None:
        self.matters: list[dict[str, Any]] = []
        self.offices: list[UUID] = []
        self.people: list[UUID] = []


async def seed(now: datetime) -> Seeded:
    """Two flows x four places x three organisations x two classes; two applicants in turn."""
    seeded = Seeded()
    areas = {path: await make_area(path.split("/")[-2], path) for path in PATHS}
    seeded.people = [(await make_person(now)).id for _ in range(3)]
    async with unit_of_work():
        for number in range(2):
            office = await Organisation.create(
                code=f"o{number}", name_zh="x", name_en="x", kind="d", area=areas[COUNTY]
            )
            seeded.offices.append(office.id)
        kinds = itertools.product((CASES, EVENTS), PATHS, (None, *seeded.offices), ("normal", "restricted"))
        for number, (each, path, office_id, confidentiality) in enumerate(kinds):
            matter = await Matter.create(
                code=f"{number:08d}",
                flow=each.name,
                flow_version=1,
                title="x",
                state="open",
                area=areas[path],
                organisation_id=office_id,
                owner_role="station_staff",
                applicant_id=seeded.people[number % 2],
                confidentiality=confidentiality,
                created_at=now,
                changed_at=now,
            )
            told = {"flow": each, "path": path, "office": office_id, "class": confidentiality}
            seeded.matters.append(told | {"code": matter.code, "applicant": matter.applicant_id})  # type: ignore[attr-defined]
    return seeded


async def codes(actor: Actor) -> set[str]:
    """Which matters the condition lets through."""
    return set(await Matter.filter(visible_matters(actor, (CASES, EVENTS))).values_list("code", flat=True))  # type: ignore[arg-type]


def some_grants(offices: list[UUID]) -> Iterator[tuple[GrantHeld, ...]]:
    """Every single grant, and a few pairs."""
    single = [
        GrantHeld(role, None, path, office)
        for role in ("station_staff", "supervisor", "auditor")
        for path in (None, TOWN, OTHER)
        for office in (None, offices[0])
    ]
    yield from ((each,) for each in single)
    yield from itertools.islice(itertools.combinations(single, 2), 0, None, 20)


async def test_the_condition_is_the_rule(database: Config, now: datetime) -> None:
    seeded = await seed(now)
    looked = 0
    for held, person_id in itertools.product(some_grants(seeded.offices), seeded.people[1:]):
        actor = Actor(person_id=person_id, staff=True, grants=held)
        expected = {
            each["code"]
            for each in seeded.matters
            if each["applicant"] == person_id
            or covers(
                actor,
                each["flow"],
                area_path=each["path"],
                organisation_id=each["office"],
                confidentiality=each["class"],
            )
        }
        assert await codes(actor) == expected
        looked += 0 < len(expected) < len(seeded.matters)
    assert looked > 20


async def test_residents_see_theirs_and_nobody_sees_nothing(database: Config, now: datetime) -> None:
    seeded = await seed(now)
    held = (GrantHeld("supervisor"),)
    assert len(await codes(Actor(person_id=seeded.people[0], grants=held))) == 24
    assert await codes(Actor(person_id=seeded.people[2], grants=held)) == set()
    assert await codes(ANYBODY) == set()
    assert len(await codes(SYSTEM_ACTOR)) == 48


async def test_restricted_matters_need_their_own_permission(database: Config, now: datetime) -> None:
    seeded = await seed(now)
    counts = {
        role: len(await codes(Actor(person_id=seeded.people[2], staff=True, grants=(GrantHeld(role),))))
        for role in ("station_staff", "supervisor")
    }
    assert counts == {"station_staff": 12, "supervisor": 24}


async def test_the_rule_can_be_replaced_in_one_place(
    database: Config, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await seed(now)
    monkeypatch.setattr(visible, "may_see", lambda actor, flows: Q())
    assert len(await codes(ANYBODY)) == 48
