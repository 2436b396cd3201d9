"""What the address of a database says."""

from dataclasses import replace
from pathlib import Path

import pytest

from lianxin.config import Config
from lianxin.data.connection import database_settings


def credentials(address: str) -> dict[str, object]:
    found: dict[str, object] = database_settings(Config(folder=Path("site"), database=address))["connections"][
        "default"
    ]["credentials"]
    return found


def test_an_address_is_read_with_all_its_parts() -> None:
    found = credentials("postgresql://l%C3%AD:p%40ss@db.county:5433/site?maxsize=3")
    assert found == {
        "host": "db.county",
        "port": 5433,
        "user": "lí",
        "password": "p@ss",
        "database": "site",
        "ssl": "prefer",
        "maxsize": "3",
    }


@pytest.mark.parametrize(
    ("address", "ssl"),
    [
        ("postgresql://a@127.0.0.1/x", "disable"),
        ("postgresql://a@localhost/x", "disable"),
        ("postgresql://a@db/x", "prefer"),
        ("postgresql://a@db/x?sslmode=verify-full", "verify-full"),
        ("postgresql://a@127.0.0.1/x?sslmode=require", "require"),
    ],
)
def test_tls_is_asked_for_between_machines(address: str, ssl: str) -> None:
    assert credentials(address)["ssl"] == ssl


def test_without_an_address_it_is_a_file_of_the_site(tmp_path: Path) -> None:
    config = replace(Config(folder=tmp_path), county="x")
    settings = database_settings(config, [("spaces", "lianxin_spaces.models")])
    assert settings["connections"]["default"]["credentials"] == {"file_path": str(tmp_path / "lianxin.sqlite3")}
    assert settings["apps"]["spaces"]["migrations"] == "lianxin_spaces.migrations"
