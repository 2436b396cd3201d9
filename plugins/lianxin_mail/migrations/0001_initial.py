"""The first tables of mail."""

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
            name="MailAddress",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "lianxin.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="mail_addresses",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("address", SealedField()),
                ("code_hash", fields.CharField(default="", max_length=64)),
                ("code_until", fields.DatetimeField(null=True)),
                ("tries", fields.IntField(default=0)),
                ("created_at", fields.DatetimeField()),
                ("confirmed_at", fields.DatetimeField(null=True)),
            ],
            options={"table": "mail_address"},
        ),
    ]
