"""Tables of access: ways to sign in, codes sent, sessions, known devices, failed attempts, grants."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.data.guards import Check, Guard, Index, Unique
from lianxin.data.row import Row
from lianxin.data.sealed import SealedField
from lianxin.directory.models import Area, Organisation, Person


class Credential(Row):
    """A way to sign in. Password: `identifier` is the login name, `secret_hash` argon2id. TOTP: `secret` is sealed."""

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="credentials", on_delete=fields.RESTRICT
    )
    person_id: UUID
    method = fields.CharField(max_length=20)
    identifier = fields.CharField(max_length=60)
    secret_hash = fields.CharField(max_length=200, default="")
    secret = SealedField(null=True)
    must_change = fields.BooleanField(default=False)
    last_counter = fields.BigIntField(default=0)
    created_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("credential_identifier", ("method", "identifier"), "ended_at IS NULL"),
        Unique("credential_method", ("person_id", "method"), "ended_at IS NULL"),
        Check("credential_method_known", "method IN ('password', 'totp')"),
    )

    class Meta:
        table = "credential"


class SignInCode(Row):
    """A one-time code: sent to a telephone, or printed by the desk on a slip. Only its hash is kept."""

    purpose = fields.CharField(max_length=10)
    phone_key = fields.CharField(max_length=64, null=True)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="sign_in_codes", on_delete=fields.RESTRICT, null=True
    )
    code_hash = fields.CharField(max_length=64)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    tries = fields.IntField(default=0)
    used_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("sign_in_code_purpose", "purpose IN ('phone', 'slip')"),
        Check("sign_in_code_tries", "tries BETWEEN 0 AND 5"),
        Check("sign_in_code_whose", "(purpose = 'phone') = (phone_key IS NOT NULL)"),
        Index("sign_in_code_phone", ("phone_key", "created_at")),
    )

    class Meta:
        table = "sign_in_code"


class Attempt(Row):
    """That something limited was tried: counted in the database so that every process agrees. `key` is a hash."""

    kind = fields.CharField(max_length=20)
    key = fields.CharField(max_length=64)
    at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        Index("attempt_counted", ("kind", "key", "at")),
        Index("attempt_at", ("at",)),
    )

    class Meta:
        table = "attempt"


class Session(Row):
    """A signed-in browser. Only the SHA-256 of its token is kept. `staff` says that it was opened by a staff method.

    `stage` is "full", or "second_factor" / "choose_person" / "second_fact" … while signing in is under way.
    """

    token_hash = fields.CharField(max_length=64)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="sessions", on_delete=fields.RESTRICT, null=True
    )
    method = fields.CharField(max_length=20)
    staff = fields.BooleanField(default=False)
    stage = fields.CharField(max_length=20, default="full")
    phone_key = fields.CharField(max_length=64, null=True)
    device = fields.CharField(max_length=120, default="")
    address = fields.CharField(max_length=45, default="")
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("session_token", ("token_hash",)),
        Check(
            "session_stage",
            "stage IN ('full', 'locked', 'second_factor', 'new_second_factor', 'choose_person', 'second_fact',"
            " 'new_password')",
        ),
        Check("session_whole", "stage <> 'full' OR person_id IS NOT NULL"),
        Index("session_of", ("person_id", "ended_at")),
    )

    class Meta:
        table = "session"


class Device(Row):
    """A browser from which somebody signed in before: it has its own ten tries, whoever guesses elsewhere."""

    token_hash = fields.CharField(max_length=64)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="devices", on_delete=fields.RESTRICT
    )
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (Unique("device_once", ("token_hash", "person_id")),)

    class Meta:
        table = "device"


class Grant(Row):
    """Person x role x area x organisation (null: any), from and until. Counts only in a staff session."""

    person_id: UUID
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="grants", on_delete=fields.RESTRICT
    )
    role = fields.CharField(max_length=40)
    area: fields.ForeignKeyNullableRelation[Area] = fields.ForeignKeyField(
        "lianxin.Area", related_name="grants", on_delete=fields.RESTRICT, null=True
    )
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "lianxin.Organisation", related_name="grants", on_delete=fields.RESTRICT, null=True
    )
    area_id: UUID | None
    organisation_id: UUID | None
    valid_from = fields.DatetimeField()
    valid_until = fields.DatetimeField(null=True)
    given_by_id = fields.UUIDField(null=True)
    created_at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("grant_span", "valid_until IS NULL OR valid_until >= valid_from"),
        Index("grant_of", ("person_id",)),
    )

    class Meta:
        table = "grant_given"


class HeldRequest(Row):
    """What a person sent after her session had ended: sealed, for thirty minutes, for the same person and browser."""

    browser_hash = fields.CharField(max_length=64)
    person_id = fields.UUIDField()
    path = fields.CharField(max_length=500)
    body = SealedField()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (Index("held_request_of", ("browser_hash", "person_id")),)

    class Meta:
        table = "held_request"
