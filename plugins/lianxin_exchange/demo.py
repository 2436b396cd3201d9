"""Lifelike data: programs of three colleagues, and two systems that were told until somebody paused them."""

from __future__ import annotations

import json
import random
import secrets
from datetime import datetime, timedelta
from typing import Final

from lianxin.api import MatterRow, find_area, find_organisation, get_vault, list_grants, unit_of_work, uuid7
from lianxin_exchange.actions.sending import MOST_TRIES, TABLE
from lianxin_exchange.demo_twin import TWIN
from lianxin_exchange.models import Delivery, Handing, Hook, Token
from lianxin_exchange.rules.signing import SECRET_BYTES, show_secret
from lianxin_exchange.rules.tokens import hash_token

TOKENS: Final = (
    ("station_staff", "便民服务站叫号屏", ("eservices.case.read",), 40, 90, 0.02),
    ("department_officer", "民政业务系统 2 号服务器", ("eservices.case.read", "eservices.case.decide"), 200, 365, 0.1),
    ("supervisor", "县长热线督办", ("eservices.case.read", "eservices.case.extend"), 20, 30, 3.0),
    ("supervisor", "去年的考核程序", ("eservices.case.read",), 400, 365, 380.0),
)
"""Whose, for what, with which rights; made so many days ago for so many; last used so many days ago."""
HOOKS: Final = (
    (
        "省政务服务平台",
        "https://gateway.example/lianxin/events",
        "",
        ("submitted", "accepted", "completed", "delivered"),
    ),
    ("民政业务系统", "https://civil-affairs.example/hooks/lianxin", "510821107", ("accepted", "completed", "rejected")),
)
SHOWN: Final = 70


async def fill_exchange(now: datetime) -> None:
    """The systems are paused, so that a demonstration sends nothing out."""
    chance = random.Random(8103)  # noqa: S311 (lifelike, not secret)
    async with unit_of_work():
        for role, name, rights, days, lasts, used in TOKENS:
            grants = await list_grants(now, role=role)
            for grant in grants if role == "station_staff" else grants[-1:]:
                made = now - timedelta(days=days)
                await Token.create(
                    token_hash=hash_token(secrets.token_urlsafe()),
                    person_id=grant.person_id,
                    name=name,
                    permissions=sorted(rights),
                    created_at=made,
                    expires_at=made + timedelta(days=lasts),
                    used_at=now - timedelta(days=used),
                    used_from="192.0.2.17",
                )
        for hook in HOOKS:
            await _add(hook, chance, now)
        await _hand_over(chance, now)


async def _add(hook: tuple[str, str, str, tuple[str, ...]], chance: random.Random, now: datetime) -> None:
    name, url, place, states = hook
    admin = (await list_grants(now, role="system_admin"))[0].person_id
    area = await find_area(place) if place else None
    row_id = uuid7()
    secret = show_secret(secrets.token_bytes(SECRET_BYTES))
    await Hook(
        id=row_id,
        name=name,
        url=url,
        secret=get_vault().seal(secret, table=TABLE, column="secret", row_id=row_id),
        events=sorted(f"eservices.case:{state}" for state in states),
        area_id=area.id if area else None,
        made_by_id=admin,
        created_at=now - timedelta(days=120),
        paused_at=now - timedelta(hours=3),
        paused_by="person",
    ).save(force_create=True)
    chosen = MatterRow.filter(flow="eservices.case", state__in=states, confidentiality="normal")
    chosen = chosen.filter(area__path__startswith=area.path) if area else chosen
    matters = await chosen.order_by("changed_at").limit(SHOWN).select_related("area")
    await Delivery.bulk_create([_told(row_id, matter, chance, now) for matter in matters])


async def _hand_over(chance: random.Random, now: datetime) -> None:
    """What the deciding system of one department has, and two that never got there."""
    office = await find_organisation(TWIN.department)
    chosen = MatterRow.filter(flow="eservices.case", organisation_id=office.id if office else None)
    done = ("completed", "delivered", "rejected", "rated")
    for number, matter in enumerate(await chosen.filter(state__in=done).order_by("changed_at").limit(SHOWN)):
        lost = number in (3, 7)
        there = "" if lost else f"CL{int(matter.created_at.timestamp())}-{chance.getrandbits(24):06X}"
        await Handing.create(
            system=TWIN.name,
            matter_id=matter.id,
            state="missing" if lost else "answered",
            number=there,
            answer="" if lost else "reject" if matter.state == "rejected" else "approve",
            attempts=MOST_TRIES if lost else 1,
            fault="503 Service Unavailable" if lost else "",
            created_at=matter.created_at,
            asked_at=matter.changed_at,
            acknowledged_at=None if lost else matter.created_at + timedelta(seconds=4),
            answered_at=None if lost else matter.changed_at,
        )


def _told(hook_id: object, matter: MatterRow, chance: random.Random, now: datetime) -> Delivery:
    """Most arrive at once, some at the second or third try, a few not at all."""
    lost = chance.random() < 0.1 and now - matter.changed_at > timedelta(days=4)
    tries = MOST_TRIES if lost else 1 if chance.random() < 0.85 else chance.randint(2, 3)
    data = {"code": matter.code, "flow": matter.flow, "state": matter.state, "version": matter.version}
    body = {"type": "matter.changed", "timestamp": matter.changed_at.isoformat(), "data": data}
    later = matter.changed_at + timedelta(days=3) if lost else matter.changed_at + timedelta(seconds=5 * tries)
    return Delivery(
        hook_id=hook_id,
        matter_id=matter.id,
        number=matter.version,
        event=f"{matter.flow}:{matter.state}",
        body=json.dumps(body),
        state="given_up" if lost else "sent",
        attempts=tries,
        created_at=matter.changed_at,
        tried_at=later,
        sent_at=None if lost else later,
        status=503 if lost else 200,
        fault="refused" if lost else "",
    )
