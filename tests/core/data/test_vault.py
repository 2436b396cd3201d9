"""Sealed values: nobody reads them by accident, and who reads them on purpose is written down."""

import copy
import json
import logging
import pickle
import stat
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from tortoise.exceptions import BaseORMException

from lianxin.config import Config
from lianxin.data.connection import connection
from lianxin.data.keys import Keys, KeysError, load_keys, make_keys
from lianxin.data.models import Reading
from lianxin.data.sealed import Sealed
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import Vault, VaultError
from lianxin.directory.models import Phone

pytestmark = pytest.mark.anyio
NUMBER = "13808120000"
ROW, OTHER_ROW, READER, SUBJECT = (UUID(int=number) for number in (1, 2, 3, 4))
PLACE = {"table": "phone", "column": "number"}


def seal(vault: Vault, text: str = NUMBER, row_id: UUID = ROW) -> Sealed:
    return vault.seal(text, table="phone", column="number", row_id=row_id)


def read(vault: Vault, sealed: Sealed, *, table: str = "phone", column: str = "number", row_id: UUID = ROW) -> str:
    return vault.masked(sealed, table=table, column=column, row_id=row_id, mask=str)


@pytest.mark.parametrize("text", ["", NUMBER, "𠮷田家村㐂组", "x" * 100_000, "\ud800"])
def test_what_is_sealed_opens_in_its_place(vault: Vault, text: str) -> None:
    assert read(vault, seal(vault, text)) == text


def test_the_same_text_is_never_sealed_alike(vault: Vault) -> None:
    ciphers = {seal(vault).cipher() for _ in range(100)}
    assert len(ciphers) == 100
    assert not any(NUMBER.encode() in cipher for cipher in ciphers)


def test_a_cipher_text_does_not_open_in_another_row_column_or_table(vault: Vault) -> None:
    sealed = seal(vault)
    for place in ({"row_id": OTHER_ROW}, {"column": "address"}, {"table": "person"}):
        with pytest.raises(VaultError, match="does not open"):
            read(vault, sealed, **place)


def test_two_cipher_texts_that_were_swapped_are_both_refused(vault: Vault) -> None:
    here, there = seal(vault, "one"), seal(vault, "two", OTHER_ROW)
    for sealed, row_id in ((there, ROW), (here, OTHER_ROW)):
        with pytest.raises(VaultError):
            read(vault, sealed, row_id=row_id)


def test_every_changed_byte_is_noticed(vault: Vault) -> None:
    cipher = seal(vault).cipher()
    for position in range(len(cipher)):
        changed = bytearray(cipher)
        changed[position] ^= 1
        with pytest.raises(VaultError):
            read(vault, Sealed(bytes(changed)))
    for length in range(len(cipher)):
        with pytest.raises(VaultError):
            read(vault, Sealed(cipher[:length]))


def test_an_older_key_of_the_ring_still_opens_and_a_missing_one_says_so(vault: Vault, keys: Keys) -> None:
    sealed = seal(vault)
    turned = Vault(Keys({**keys.sealing, "b": bytes(32)}, "b", keys.index))
    assert read(turned, sealed) == NUMBER
    assert seal(turned).cipher()[:1] == b"b"
    with pytest.raises(VaultError, match=r"keys\.toml does not have"):
        read(vault, seal(turned))


def test_an_index_finds_one_text_for_one_purpose_under_one_key(vault: Vault, keys: Keys) -> None:
    index = vault.index(NUMBER, purpose="phone.number")
    assert len(index) == 64
    assert index == vault.index(NUMBER, purpose="phone.number")
    others = {
        vault.index(NUMBER[:-1], purpose="phone.number"),
        vault.index(NUMBER, purpose="person.id_number"),
        Vault(Keys(keys.sealing, keys.current, bytes(32))).index(NUMBER, purpose="phone.number"),
    }
    assert len(others - {index}) == 3


SHOWN: dict[str, Callable[[Sealed], object]] = {
    "str": str,
    "format": lambda sealed: f"{sealed}",
    "percent": lambda sealed: f"{sealed!s}",
    "bytes": bytes,
    "join": lambda sealed: "".join([sealed]),  # type: ignore[list-item]
    "json": json.dumps,
    "pickle": pickle.dumps,
    "copy": copy.deepcopy,
    "equal": lambda sealed: sealed == sealed,
    "hash": hash,
    "iterate": list,
    "set an attribute": lambda sealed: setattr(sealed, "shown", 1),
}


@pytest.mark.parametrize("way", SHOWN)
def test_a_sealed_value_refuses_to_be_shown(vault: Vault, way: str) -> None:
    with pytest.raises((TypeError, AttributeError)):
        SHOWN[way](seal(vault))


def test_a_sealed_value_in_a_log_or_a_trace_says_nothing(vault: Vault, caplog: pytest.LogCaptureFixture) -> None:
    sealed = seal(vault)
    logging.getLogger("lianxin").warning("person %r", sealed)
    assert "person <sealed>" in caplog.text
    assert repr([sealed]) == "[<sealed>]"
    assert sealed.cipher().hex() not in caplog.text


async def test_a_column_takes_only_sealed_values_and_gives_them_back_closed(
    vault: Vault, database: Config, now: datetime
) -> None:
    with pytest.raises(TypeError, match="takes a Sealed"):
        await Phone.create(number=NUMBER, number_key="k", mobile=True, created_at=now)
    row = Phone(number_key="k", mobile=True, created_at=now)
    row.number = seal(vault, row_id=row.id)
    await row.save(force_create=True)
    found = await Phone.get(id=row.id)
    assert isinstance(found.number, Sealed)
    assert read(vault, found.number, row_id=row.id) == NUMBER


async def reveal(vault: Vault, sealed: Sealed, now: datetime, purpose: str = "checking the card") -> str:
    return await vault.reveal(
        sealed, **PLACE, row_id=ROW, subject_id=SUBJECT, by=READER, purpose=purpose, now=now, request_id="r1"
    )


async def test_who_reads_is_written_down(vault: Vault, database: Config, now: datetime) -> None:
    assert await reveal(vault, seal(vault), now) == NUMBER
    (row,) = await Reading.all()
    written = (row.at, row.reader_id, row.subject_id, row.table_name, row.column_name, row.row_id, row.purpose)
    assert written == (now, READER, SUBJECT, "phone", "number", ROW, "checking the card")
    assert row.request_id == "r1"


async def test_five_hundred_readings_are_five_hundred_rows(vault: Vault, database: Config, now: datetime) -> None:
    sealed = seal(vault)
    async with unit_of_work():
        for _ in range(500):
            await reveal(vault, sealed, now)
    assert await Reading.all().count() == 500


async def test_without_a_record_there_is_no_reading(vault: Vault, database: Config, now: datetime) -> None:
    shown = []
    with pytest.raises(BaseORMException):
        shown.append(await reveal(vault, seal(vault), now, purpose=""))
    await connection().execute_script("DROP TABLE reading")
    with pytest.raises(BaseORMException):
        shown.append(await reveal(vault, seal(vault), now))
    assert shown == []


async def test_what_does_not_open_leaves_no_record(vault: Vault, database: Config, now: datetime) -> None:
    with pytest.raises(VaultError):
        await reveal(vault, seal(vault, row_id=OTHER_ROW), now)
    assert await Reading.all().count() == 0


async def test_records_of_readings_are_never_changed(vault: Vault, database: Config, now: datetime) -> None:
    await reveal(vault, seal(vault), now)
    for sql in ("UPDATE reading SET purpose = 'x'", "DELETE FROM reading"):
        with pytest.raises(BaseORMException):
            await connection().execute_query(sql)
    assert (await Reading.get(row_id=ROW)).purpose == "checking the card"


def test_keys_are_made_once_and_readable_to_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    make_keys(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    keys = load_keys(path)
    assert len({keys.index, *keys.sealing.values()}) == 2
    text = path.read_text("ascii")
    with pytest.raises(FileExistsError):
        make_keys(path)
    assert path.read_text("ascii") == text
    assert repr(keys) == "<keys>"
    assert tomllib.loads(text)["index"] not in repr(keys)


def test_keys_that_cannot_be_used_are_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / f"{uuid4().hex}.toml"
    with pytest.raises(KeysError, match="put it back"):
        load_keys(path)
    make_keys(path)
    good = path.read_text("ascii")
    path.chmod(0o640)
    with pytest.raises(KeysError, match="chmod 600"):
        load_keys(path)
    path.chmod(0o600)
    for bad, why in (
        (good.replace('current = "a"', 'current = "z"'), "must name one of"),
        (good.replace("index =", "other ="), "lacks a key"),
        (good.replace('index = "', 'index = "A'), "lacks a key"),
        ("keys", "damaged"),
        ("", "lacks a key"),
        ("\u00e9", "damaged"),
    ):
        path.write_text(bad, "utf-8")
        with pytest.raises(KeysError, match=why):
            load_keys(path)
