"""The first tables of exchange."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from lianxin.values.identifiers import uuid7


class Migration(migrations.Migration):
    dependencies = [("lianxin", "0001_initial")]

    initial = True

    operations = [
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
