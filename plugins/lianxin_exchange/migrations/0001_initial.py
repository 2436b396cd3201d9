"""The first tables of exchange."""

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
            name="Handing",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                ("system", fields.CharField(max_length=40)),
                (
                    "matter",
                    fields.ForeignKeyField(
                        "lianxin.Matter",
                        source_field="matter_id",
                        to_field="id",
                        related_name="exchange_handings",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("state", fields.CharField(default="waiting", max_length=12)),
                ("number", fields.CharField(default="", max_length=60)),
                ("answer", fields.CharField(default="", max_length=40)),
                ("attempts", fields.IntField(default=0)),
                ("fault", fields.CharField(default="", max_length=200)),
                ("created_at", fields.DatetimeField()),
                ("asked_at", fields.DatetimeField()),
                ("acknowledged_at", fields.DatetimeField(null=True)),
                ("answered_at", fields.DatetimeField(null=True)),
            ],
            options={"table": "exchange_handing"},
        ),
        ops.CreateModel(
            name="Hook",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                ("name", fields.CharField(max_length=60)),
                ("url", fields.CharField(max_length=400)),
                ("secret", SealedField()),
                ("events", fields.JSONField()),
                (
                    "area",
                    fields.ForeignKeyField(
                        "lianxin.Area",
                        source_field="area_id",
                        null=True,
                        to_field="id",
                        related_name="exchange_hooks",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("made_by_id", fields.UUIDField()),
                ("created_at", fields.DatetimeField()),
                ("failing_since", fields.DatetimeField(null=True)),
                ("paused_at", fields.DatetimeField(null=True)),
                ("paused_by", fields.CharField(default="", max_length=10)),
            ],
            options={"table": "exchange_hook"},
        ),
        ops.CreateModel(
            name="Delivery",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                (
                    "hook",
                    fields.ForeignKeyField(
                        "exchange.Hook",
                        source_field="hook_id",
                        to_field="id",
                        related_name="deliveries",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "matter",
                    fields.ForeignKeyField(
                        "lianxin.Matter",
                        source_field="matter_id",
                        to_field="id",
                        related_name="exchange_deliveries",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.IntField()),
                ("event", fields.CharField(max_length=90)),
                ("body", fields.TextField()),
                ("state", fields.CharField(default="waiting", max_length=10)),
                ("attempts", fields.IntField(default=0)),
                ("created_at", fields.DatetimeField()),
                ("tried_at", fields.DatetimeField(null=True)),
                ("sent_at", fields.DatetimeField(null=True)),
                ("status", fields.IntField(null=True)),
                ("fault", fields.CharField(default="", max_length=200)),
            ],
            options={"table": "exchange_delivery"},
        ),
        ops.CreateModel(
            name="Token",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                ("token_hash", fields.CharField(max_length=64)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "lianxin.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="exchange_tokens",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=60)),
                ("permissions", fields.JSONField()),
                ("created_at", fields.DatetimeField()),
                ("expires_at", fields.DatetimeField()),
                ("used_at", fields.DatetimeField(null=True)),
                ("used_from", fields.CharField(default="", max_length=45)),
                ("ended_at", fields.DatetimeField(null=True)),
                ("ended_by_id", fields.UUIDField(null=True)),
            ],
            options={"table": "exchange_token"},
        ),
    ]
