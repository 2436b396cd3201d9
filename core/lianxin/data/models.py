"""Tables of the data room: jobs, cron ticks, readings of sealed values, requests already seen."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.models import Model

from lianxin.data.guards import AppendOnly, Check, Guard, Index, Unique
from lianxin.data.row import Row


class Job(Row):
    """One piece of background work: inserted in the transaction that wants it, so it is the outbox as well."""

    name = fields.CharField(max_length=100)
    payload = fields.JSONField[dict[str, object]]()
    state = fields.CharField(max_length=10, default="queued")
    due_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    leased_by = fields.CharField(max_length=60, null=True)
    leased_until = fields.DatetimeField(null=True)
    dedupe_key = fields.CharField(max_length=200, null=True)
    progress = fields.IntField(default=0)
    last_error = fields.TextField(null=True)
    created_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("job_state", "state IN ('queued', 'leased', 'done', 'dead')"),
        Check("job_progress", "progress BETWEEN 0 AND 100"),
        Unique("job_dedupe", ("dedupe_key",), "dedupe_key IS NOT NULL"),
        Index("job_due", ("state", "due_at")),
    )

    class Meta:
        table = "job"


class CronTick(Row):
    """That a periodic job was asked for at one due moment: unique, so it is asked once however many schedulers run."""

    name = fields.CharField(max_length=100)
    due_at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (Unique("cron_tick_once", ("name", "due_at")),)

    class Meta:
        table = "cron_tick"


class Reading(Row):
    """That somebody read a sealed value in clear: who, whose, which field, why. Never changed."""

    at = fields.DatetimeField()
    reader_id = fields.UUIDField(null=True)
    subject_id = fields.UUIDField(null=True)
    table_name = fields.CharField(max_length=60)
    column_name = fields.CharField(max_length=60)
    row_id = fields.UUIDField()
    purpose = fields.CharField(max_length=200)
    request_id = fields.CharField(max_length=40, default="")

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("reading_kept"),
        Check("reading_purpose", "purpose <> ''"),
        Index("reading_of", ("subject_id", "at")),
        Index("reading_by", ("reader_id", "at")),
    )

    class Meta:
        table = "reading"


class RequestSeen(Model):
    """A request that carried a key and was done: a replay is answered with the same address."""

    key = fields.CharField(max_length=80, primary_key=True)
    session_key = fields.CharField(max_length=64)
    route = fields.CharField(max_length=120)
    digest = fields.CharField(max_length=64)
    location = fields.CharField(max_length=500, default="")
    at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (Index("request_seen_at", ("at",)),)

    class Meta:
        table = "request_seen"
