"""The matter and all that hangs on it: history, clocks, tasks, notes, files, messages, ratings."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields

from lianxin.data.guards import AppendOnly, Check, Guard, Index, Unique
from lianxin.data.row import Row
from lianxin.directory.models import Area, Organisation, Person
from lianxin.files.models import File
from lianxin.messages.models import Message


class Matter(Row):
    """Something with a code that people quote on the phone, an area, an owner, a state, clocks and a history.

    `owner` null: nobody has claimed it, it stands in the queue (owner_role, area, organisation). `applicant` is whom it
    is for, `made_by` who entered it. `version` counts changes; a transition takes the row by (id, state, version).
    """

    code = fields.CharField(max_length=8)
    flow = fields.CharField(max_length=60)
    flow_version = fields.IntField()
    title = fields.CharField(max_length=120)
    title_en = fields.CharField(max_length=160, default="")
    state = fields.CharField(max_length=40)
    version = fields.IntField(default=0)
    area: fields.ForeignKeyRelation[Area] = fields.ForeignKeyField(
        "lianxin.Area", related_name="matters", on_delete=fields.RESTRICT
    )
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "lianxin.Organisation", related_name="matters", on_delete=fields.RESTRICT, null=True
    )
    owner: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="matters_owned", on_delete=fields.RESTRICT, null=True
    )
    owner_role = fields.CharField(max_length=40)
    applicant: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="matters", on_delete=fields.RESTRICT, null=True
    )
    made_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="matters_made", on_delete=fields.RESTRICT, null=True
    )
    confidentiality = fields.CharField(max_length=12, default="normal")
    due_at = fields.DatetimeField(null=True)
    due_kind = fields.CharField(max_length=30, default="")
    due_provisional = fields.BooleanField(default=False)
    reminders = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("matter_code", ("code",)),
        Check("matter_code_length", "length(code) = 8"),
        Check("matter_confidentiality", "confidentiality IN ('normal', 'restricted')"),
        # One matter in fifty is open: queues read small indexes, in the order in which they show.
        Index("matter_open", ("due_at", "id"), "closed_at IS NULL"),
        Index("matter_open_area", ("area_id", "due_at", "id"), "closed_at IS NULL"),
        Index("matter_open_organisation", ("organisation_id", "due_at", "id"), "closed_at IS NULL"),
        Index("matter_created", ("flow", "created_at")),
        Index("matter_applicant", ("applicant_id", "id")),
        Index("matter_made_by", ("made_by_id", "id")),
        Index("matter_owner", ("owner_id", "closed_at")),
        Index("matter_flow_state", ("flow", "state")),
    )

    class Meta:
        table = "matter"


class Step(Row):
    """One line of a matter's history: never changed. `transition` is a name of the flow, or "claim", "remind" …"""

    matter: fields.ForeignKeyRelation[Matter] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="steps", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    transition = fields.CharField(max_length=40)
    source = fields.CharField(max_length=40)
    target = fields.CharField(max_length=40)
    actor_id = fields.UUIDField(null=True)
    on_behalf_of_id = fields.UUIDField(null=True)
    at = fields.DatetimeField()
    remark = fields.TextField(default="")
    data = fields.JSONField[dict[str, object]](null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("step_kept"),
        Unique("step_number", ("matter_id", "number")),
    )

    class Meta:
        table = "step"


class Clock(Row):
    """Time promised. `state` is running, paused or stopped; a pause adds whole days: `paused_from` is when it began."""

    matter: fields.ForeignKeyRelation[Matter] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="clocks", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=30)
    started_at = fields.DatetimeField()
    limit_value = fields.IntField()
    limit_unit = fields.CharField(max_length=12)
    due_at = fields.DatetimeField()
    provisional = fields.BooleanField(default=False)
    state = fields.CharField(max_length=10, default="running")
    paused_from = fields.DatetimeField(null=True)
    pauses = fields.JSONField[list[list[str]]]()
    stopped_at = fields.DatetimeField(null=True)
    fired_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("clock_state", "state IN ('running', 'paused', 'stopped')"),
        Check("clock_unit", "limit_unit IN ('working_day', 'calendar_day', 'hour')"),
        Check("clock_paused", "(state = 'paused') = (paused_from IS NOT NULL)"),
        Unique("clock_one_of_a_kind", ("matter_id", "kind"), "state <> 'stopped'"),
        Index("clock_due", ("state", "due_at")),
    )

    class Meta:
        table = "clock"


class Task(Row):
    """Child work with somebody to do it and a day to do it by; of a matter, or (same person?) of a person."""

    matter: fields.ForeignKeyNullableRelation[Matter] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="tasks", on_delete=fields.RESTRICT, null=True
    )
    kind = fields.CharField(max_length=60)
    note = fields.TextField(default="")
    role = fields.CharField(max_length=40)
    area: fields.ForeignKeyRelation[Area] = fields.ForeignKeyField(
        "lianxin.Area", related_name="tasks", on_delete=fields.RESTRICT
    )
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "lianxin.Organisation", related_name="tasks", on_delete=fields.RESTRICT, null=True
    )
    assignee: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="tasks", on_delete=fields.RESTRICT, null=True
    )
    subject_id = fields.UUIDField(null=True)
    due_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)
    done_by_id = fields.UUIDField(null=True)
    outcome = fields.TextField(default="")

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("task_done", "(done_at IS NULL) = (done_by_id IS NULL)"),
        Index("task_queue", ("done_at", "role", "area_id", "due_at")),
        Index("task_matter", ("matter_id",)),
        Index("task_assignee", ("assignee_id", "done_at")),
    )

    class Meta:
        table = "task"


class Note(Row):
    """A line that staff write for each other, or (`public`) that the applicant may read too."""

    matter: fields.ForeignKeyRelation[Matter] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="notes", on_delete=fields.RESTRICT
    )
    author_id = fields.UUIDField()
    text = fields.TextField()
    public = fields.BooleanField(default=False)
    at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (AppendOnly("note_kept"), Index("note_matter", ("matter_id", "at")))

    class Meta:
        table = "note"


class MatterFile(Row):
    """A file of a matter, under a label of the plugin ("photo", "result")."""

    matter: fields.ForeignKeyRelation[Matter] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="files", on_delete=fields.RESTRICT
    )
    file: fields.ForeignKeyRelation[File] = fields.ForeignKeyField(
        "lianxin.File", related_name="matters", on_delete=fields.RESTRICT
    )
    label = fields.CharField(max_length=60)
    added_by_id = fields.UUIDField(null=True)
    at = fields.DatetimeField()
    removed_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (Unique("matter_file_once", ("matter_id", "file_id")),)

    class Meta:
        table = "matter_file"


class MatterMessage(Row):
    """That a message belongs to a matter."""

    matter: fields.ForeignKeyRelation[Matter] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="messages", on_delete=fields.RESTRICT
    )
    message: fields.ForeignKeyRelation[Message] = fields.ForeignKeyField(
        "lianxin.Message", related_name="matters", on_delete=fields.RESTRICT
    )

    guards: ClassVar[tuple[Guard, ...]] = (Unique("matter_message_once", ("matter_id", "message_id")),)

    class Meta:
        table = "matter_message"


class Rating(Row):
    """One rating a matter, five named grades (好差评): 5 非常满意 … 1 非常不满意."""

    matter: fields.ForeignKeyRelation[Matter] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="ratings", on_delete=fields.RESTRICT
    )
    grade = fields.IntField()
    remark = fields.TextField(default="")
    by_id = fields.UUIDField()
    at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("rating_once", ("matter_id",)),
        Check("rating_grade", "grade BETWEEN 1 AND 5"),
        Index("rating_at", ("at",)),
        AppendOnly("rating_kept"),
    )

    class Meta:
        table = "rating"
