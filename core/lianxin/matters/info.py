"""A matter as other rooms and plugins see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.declarations import Flow, Refused, State
from lianxin.i18n import N_, language
from lianxin.matters.flow import get_flow
from lianxin.matters.models import Matter


@dataclass(frozen=True, slots=True)
class MatterInfo:
    """The row of a matter. `area_path` is that of its area; `due_at` None: no clock runs."""

    id: UUID
    code: str
    flow_name: str
    flow_version: int
    title_zh: str
    title_en: str
    state_name: str
    version: int
    area_id: UUID
    area_path: str
    organisation_id: UUID | None
    owner_id: UUID | None
    owner_role: str
    applicant_id: UUID | None
    made_by_id: UUID | None
    confidentiality: str
    due_at: datetime | None
    due_kind: str
    due_provisional: bool
    reminders: int
    created_at: datetime
    changed_at: datetime
    closed_at: datetime | None

    @property
    def title(self) -> str:
        """In the language of this moment."""
        return self.title_en if language.get() == "en" and self.title_en else self.title_zh

    @property
    def flow(self) -> Flow:
        """Its flow. Raises KeyError when the plugin is off."""
        return get_flow(self.flow_name)

    @property
    def state(self) -> State:
        """Its state as declared."""
        return self.flow.state(self.state_name)


def matter_info(row: Matter) -> MatterInfo:
    """Of a row that was read with its area."""
    return MatterInfo(
        id=row.id,
        code=row.code,
        flow_name=row.flow,
        flow_version=row.flow_version,
        title_zh=row.title,
        title_en=row.title_en,
        state_name=row.state,
        version=row.version,
        area_id=row.area.id,
        area_path=row.area.path,
        organisation_id=row.organisation_id,  # type: ignore[attr-defined]
        owner_id=row.owner_id,  # type: ignore[attr-defined]
        owner_role=row.owner_role,
        applicant_id=row.applicant_id,  # type: ignore[attr-defined]
        made_by_id=row.made_by_id,  # type: ignore[attr-defined]
        confidentiality=row.confidentiality,
        due_at=row.due_at,
        due_kind=row.due_kind,
        due_provisional=row.due_provisional,
        reminders=row.reminders,
        created_at=row.created_at,
        changed_at=row.changed_at,
        closed_at=row.closed_at,
    )


def no_matter() -> Refused:
    """What is said of a code under which this person may see nothing."""
    text = N_("Nothing under this code that you may see. If the code is right, ask your administrator.")
    return Refused("matters.none", text, status=404)


async def load_matter(matter_id: UUID) -> MatterInfo:
    """The matter, whoever asks: for actions that check rights themselves. Refused with 404 if there is none."""
    row = await Matter.filter(id=matter_id).select_related("area").first()
    if row is None:
        raise no_matter()
    return matter_info(row)
