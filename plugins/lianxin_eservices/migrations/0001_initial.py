"""The first tables of eservices."""

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
            name="Item",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                ("code", fields.CharField(max_length=20)),
                ("slug", fields.CharField(max_length=80)),
                ("department", fields.CharField(max_length=60)),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "lianxin.Organisation",
                        source_field="organisation_id",
                        null=True,
                        to_field="id",
                        related_name="eservices_items",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("position", fields.IntField(default=0)),
                ("state", fields.CharField(default="published", max_length=10)),
                ("current_id", fields.UUIDField(null=True)),
            ],
            options={"table": "eservices_item"},
        ),
        ops.CreateModel(
            name="ItemVersion",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                (
                    "item",
                    fields.ForeignKeyField(
                        "eservices.Item",
                        source_field="item_id",
                        to_field="id",
                        related_name="versions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.IntField()),
                ("content", fields.JSONField()),
                ("published_at", fields.DatetimeField()),
            ],
            options={"table": "eservices_item_version"},
        ),
        ops.CreateModel(
            name="Case",
            fields=[
                (
                    "matter",
                    fields.OneToOneField(
                        "lianxin.Matter",
                        source_field="matter_id",
                        primary_key=True,
                        to_field="id",
                        related_name="eservices_case",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "version",
                    fields.ForeignKeyField(
                        "eservices.ItemVersion",
                        source_field="version_id",
                        to_field="id",
                        related_name="cases",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "contact",
                    fields.ForeignKeyField(
                        "lianxin.Person",
                        source_field="contact_id",
                        to_field="id",
                        related_name="eservices_contacts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("whom", fields.CharField(default="self", max_length=10)),
                ("identity", fields.CharField(max_length=12)),
                ("answers", SealedField(null=True)),
                ("corrections", fields.IntField(default=0)),
                ("correction", fields.TextField(default="")),
                ("deemed", fields.BooleanField(default=False)),
                ("accepted_at", fields.DatetimeField(null=True)),
                ("decision", fields.CharField(default="", max_length=10)),
                ("reason", fields.TextField(default="")),
                ("decided_at", fields.DatetimeField(null=True)),
                ("delivered_by", fields.CharField(default="", max_length=12)),
                ("delivery_note", fields.TextField(default="")),
                ("external_system", fields.CharField(default="", max_length=60)),
                ("external_case_no", fields.CharField(default="", max_length=60)),
            ],
            options={"table": "eservices_case"},
        ),
        ops.CreateModel(
            name="Draft",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "lianxin.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="eservices_drafts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "made_by",
                    fields.ForeignKeyField(
                        "lianxin.Person",
                        source_field="made_by_id",
                        null=True,
                        to_field="id",
                        related_name="eservices_drafts_made",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "item",
                    fields.ForeignKeyField(
                        "eservices.Item",
                        source_field="item_id",
                        to_field="id",
                        related_name="drafts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "version",
                    fields.ForeignKeyField(
                        "eservices.ItemVersion",
                        source_field="version_id",
                        to_field="id",
                        related_name="drafts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("answers", SealedField(null=True)),
                ("step", fields.CharField(default="", max_length=40)),
                ("created_at", fields.DatetimeField()),
                ("updated_at", fields.DatetimeField()),
                ("expires_at", fields.DatetimeField()),
                ("ended_at", fields.DatetimeField(null=True)),
                ("matter_id", fields.UUIDField(null=True)),
            ],
            options={"table": "eservices_draft"},
        ),
        ops.CreateModel(
            name="GivenMaterial",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                (
                    "draft",
                    fields.ForeignKeyField(
                        "eservices.Draft",
                        source_field="draft_id",
                        null=True,
                        to_field="id",
                        related_name="materials",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "matter",
                    fields.ForeignKeyField(
                        "lianxin.Matter",
                        source_field="matter_id",
                        null=True,
                        to_field="id",
                        related_name="eservices_materials",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("code", fields.CharField(max_length=20)),
                ("state", fields.CharField(max_length=16)),
                ("files", fields.JSONField()),
                ("updated_at", fields.DatetimeField()),
            ],
            options={"table": "eservices_material"},
        ),
    ]
