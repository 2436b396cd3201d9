"""A change of a matter under way: what an effect may look at and do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from lianxin.access.actor import Actor
from lianxin.calendar.queries import load_calendar
from lianxin.calendar.rules import Calendar
from lianxin.declarations import Limit, MessageKind, Transition
from lianxin.matters import clocks
from lianxin.matters.attachments import attach_message
from lianxin.matters.info import MatterInfo
from lianxin.matters.models import Matter
from lianxin.matters.tasks import open_task
from lianxin.messages import tell


@dataclass(slots=True)
class Change:
    """One transition of one matter. `matter` is as it was before; `data` is the transition's form.

    `step_data` goes into the history with the step: plain values, nothing sealed.
    """

    matter: MatterInfo
    transition: Transition
    by: Actor
    now: datetime
    data: Any = None
    remark: str = ""
    step_data: dict[str, object] = field(default_factory=dict)
    _calendar: Calendar | None = None

    async def calendar(self) -> Calendar:
        """The working days, read once."""
        if self._calendar is None:
            self._calendar = await load_calendar()
        return self._calendar

    async def start_clock(self, kind: str, limit: Limit, *, start: datetime | None = None) -> datetime:
        """Starts a clock now or from an earlier moment. Answers when it is over."""
        return await clocks.start_clock(
            self.matter.id, kind, limit, start=start or self.now, calendar=await self.calendar()
        )

    async def stop_clocks(self, kind: str = "*") -> None:
        """Ends a clock, or all."""
        await clocks.stop_clocks(self.matter.id, kind, now=self.now)

    async def pause_clock(self, kind: str) -> None:
        """Pauses a clock."""
        await clocks.pause_clock(self.matter.id, kind, now=self.now)

    async def resume_clock(self, kind: str) -> None:
        """Lets a paused clock run again."""
        await clocks.resume_clock(self.matter.id, kind, now=self.now, calendar=await self.calendar())

    async def extend_clock(self, kind: str, more: int) -> datetime | None:
        """Adds days (or hours) to a clock. Answers when it is over; None: there is no such clock."""
        return await clocks.extend_clock(self.matter.id, kind, more, calendar=await self.calendar())

    async def due_of(self, kind: str) -> datetime | None:
        """When the clock of this kind is over, as it runs now; None: none runs."""
        return await clocks.running_due(self.matter.id, kind)

    async def give_to(self, *, role: str, organisation_id: UUID | None = None) -> None:
        """Puts the matter into another queue; nobody owns it there yet."""
        changes: dict[str, object] = {"owner_role": role, "owner_id": None}
        if organisation_id is not None:
            changes["organisation_id"] = organisation_id
        await Matter.filter(id=self.matter.id).update(**changes)

    async def open_task(self, kind: str, *, note: str = "", assignee_id: UUID | None = None) -> UUID:
        """Child work of the kind that the flow declares; due by its own limit."""
        return await open_task(
            self.matter, kind, note=note, assignee_id=assignee_id, now=self.now, calendar=await self.calendar()
        )

    async def tell(self, kind: MessageKind, /, **parameters: Any) -> None:
        """Tells the applicant; the message belongs to the matter and leads to it."""
        if self.matter.applicant_id is not None:
            await self.tell_person(self.matter.applicant_id, kind, **parameters)

    async def tell_person(self, person_id: UUID, kind: MessageKind, /, **parameters: Any) -> None:
        """Tells somebody else about this matter."""
        message_id = await tell(person_id, kind, parameters=parameters, path=f"/m/{self.matter.code}", now=self.now)
        await attach_message(self.matter.id, message_id)
