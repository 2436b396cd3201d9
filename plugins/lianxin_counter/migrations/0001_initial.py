"""The first tables of counter."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from lianxin.data.sealed import SealedField
from lianxin.values.identifiers import uuid7


class Migration(migrations.Migration):
    dependencies = [("lianxin", "0001_initial")]

    initial = True

    operations = [
        ops.CreateModel(
            name="Counter",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                (
                    "area",
                    fields.ForeignKeyField(
                        "lianxin.Area",
                        source_field="area_id",
                        to_field="id",
                        related_name="counters",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.IntField()),
                (
                    "clerk",
                    fields.ForeignKeyField(
                        "lianxin.Person",
                        source_field="clerk_id",
                        null=True,
                        to_field="id",
                        related_name="counters",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("seated_at", fields.DatetimeField(null=True)),
                ("created_at", fields.DatetimeField()),
            ],
            options={"table": "counter_counter"},
        ),
        ops.CreateModel(
            name="Day",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                (
                    "area",
                    fields.ForeignKeyField(
                        "lianxin.Area",
                        source_field="area_id",
                        to_field="id",
                        related_name="counter_days",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("day", fields.DateField()),
                ("ordinary", fields.IntField(default=0)),
                ("priority", fields.IntField(default=0)),
                ("streak", fields.IntField(default=0)),
            ],
            options={"table": "counter_day"},
        ),
        ops.CreateModel(
            name="Slip",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                (
                    "area",
                    fields.ForeignKeyField(
                        "lianxin.Area",
                        source_field="area_id",
                        to_field="id",
                        related_name="counter_slips",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("day", fields.DateField()),
                ("kind", fields.CharField(max_length=1)),
                ("number", fields.IntField()),
                ("code", fields.CharField(max_length=16)),
                ("priority", fields.CharField(default="", max_length=10)),
                ("name", SealedField(null=True)),
                ("about", fields.CharField(default="", max_length=60)),
                ("state", fields.CharField(default="waiting", max_length=10)),
                (
                    "clerk",
                    fields.ForeignKeyField(
                        "lianxin.Person",
                        source_field="clerk_id",
                        null=True,
                        to_field="id",
                        related_name="counter_slips",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "counter",
                    fields.ForeignKeyField(
                        "counter.Counter",
                        source_field="counter_id",
                        null=True,
                        to_field="id",
                        related_name="slips",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "meant_for",
                    fields.ForeignKeyField(
                        "counter.Counter",
                        source_field="meant_for_id",
                        null=True,
                        to_field="id",
                        related_name="expected",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("calls", fields.IntField(default=0)),
                ("taken_at", fields.DatetimeField()),
                ("first_called_at", fields.DatetimeField(null=True)),
                ("called_at", fields.DatetimeField(null=True)),
                ("serving_at", fields.DatetimeField(null=True)),
                ("ended_at", fields.DatetimeField(null=True)),
            ],
            options={"table": "counter_slip"},
        ),
        ops.CreateModel(
            name="Made",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                (
                    "slip",
                    fields.ForeignKeyField(
                        "counter.Slip",
                        source_field="slip_id",
                        to_field="id",
                        related_name="made",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "matter",
                    fields.ForeignKeyField(
                        "lianxin.Matter",
                        source_field="matter_id",
                        to_field="id",
                        related_name="counter_made",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("at", fields.DatetimeField()),
            ],
            options={"table": "counter_made"},
        ),
    ]
