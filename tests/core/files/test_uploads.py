"""Uploads: what of the corpus is taken, what becomes of it, and that nothing of it leaves its folder."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from lianxin.config import Config
from lianxin.declarations import Refused
from lianxin.files import FileInfo, headers_for, open_file, stage_upload
from lianxin.files.models import File
from lianxin.files.staging import STAGED_AT_MOST
from lianxin.files.storage import path_of
from tests.core.files.corpus import MARKER, Upload, corpus, photo, with_exif
from tests.core.files.sending import in_pieces, read_back, send

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("uploads")]
UPLOADS = tuple(corpus())


def everything_in(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_the_corpus_is_large_enough() -> None:
    assert len(UPLOADS) >= 60


def titles(upload: Upload) -> str:
    return upload.title


TAKEN = [upload for upload in UPLOADS if upload.taken in {"picture", "pdf"}]
REFUSED = [upload for upload in UPLOADS if upload not in TAKEN]


@pytest.mark.parametrize("upload", REFUSED, ids=titles)
async def test_what_is_refused_leaves_nothing(uploads: Path, upload: Upload, now: datetime) -> None:
    before = everything_in(uploads.parent)
    with pytest.raises(Refused) as refused:
        await send(upload.make(), now, upload.name)
    assert (refused.value.code, refused.value.status, refused.value.field) == (upload.taken, 422, "photo")
    assert everything_in(uploads.parent) == before
    assert await File.all().count() == 0


@pytest.mark.parametrize("upload", TAKEN, ids=titles)
async def test_what_is_taken_lies_under_its_id_alone(uploads: Path, upload: Upload, now: datetime) -> None:
    before = everything_in(uploads.parent)
    info = await send(upload.make(), now, upload.name)
    assert info.media_type == {"picture": "image/jpeg", "pdf": "application/pdf"}[upload.taken]
    new = {path for path in everything_in(uploads.parent) - before if not path.name.startswith("lianxin.sqlite3")}
    assert new == {path_of(info.id)}
    assert path_of(info.id).is_relative_to(uploads)
    if upload.taken == "picture":
        await check_picture(info, now)


async def check_picture(info: FileInfo, now: datetime) -> None:
    content = await read_back(info, now)
    assert MARKER not in content
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as picture:
        assert (picture.size, picture.mode) == ((info.width, info.height), "RGB")
        assert max(picture.size) <= 2_400
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not picture.getexif()
    assert len(content) == info.size
    assert content.endswith(b"\xff\xd9")


async def test_a_photo_is_turned_upright(uploads: Path, now: datetime) -> None:
    straight, turned = await send(with_exif(1), now), await send(with_exif(6), now)
    assert (straight.width, straight.height) == (320, 200)
    assert (turned.width, turned.height) == (200, 320)
    with Image.open(io.BytesIO(await read_back(turned, now))) as picture:
        # What was on the left above is now on the right above.
        red, _, blue = picture.convert("RGB").getpixel((145, 55))  # type: ignore[misc]
        assert blue > red


async def test_a_photo_of_twelve_megabytes_passes(uploads: Path, now: datetime) -> None:
    content = next(upload for upload in UPLOADS if upload.title == "a photo of 12 MB").make()
    assert 12_000_000 < len(content) < 20_000_000
    info = await send(content, now)
    assert info.size < len(content)


async def test_on_disk_nothing_lies_in_clear(uploads: Path, now: datetime) -> None:
    info = await send(b"%PDF-1.7\n" + MARKER * 100_000 + b"\n%%EOF", now, "a.pdf")
    sealed = path_of(info.id).read_bytes()
    assert len(sealed) > info.size
    assert MARKER not in sealed
    assert b"%PDF" not in sealed
    assert (await read_back(info, now)).count(MARKER) == 100_000
    assert path_of(info.id).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("harm", ["cut", "changed", "swapped", "replaced"])
async def test_bytes_that_were_changed_on_disk_are_not_handed_out(uploads: Path, now: datetime, harm: str) -> None:
    from lianxin.files.cipher import PIECE, Damaged

    info = await send(b"%PDF-1.7\n" + b"x" * PIECE * 3 + b"\n%%EOF", now, "a.pdf")
    other = await send(b"%PDF-1.7\n" + b"y" * PIECE * 3 + b"\n%%EOF", now, "b.pdf")
    path, sealed = path_of(info.id), path_of(info.id).read_bytes()
    piece = PIECE + 16
    harmed = {
        "cut": sealed[: 4 + piece],
        "changed": sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:],
        "swapped": sealed[:4] + sealed[4 + piece : 4 + 2 * piece] + sealed[4 : 4 + piece] + sealed[4 + 2 * piece :],
        "replaced": path_of(other.id).read_bytes(),
    }[harm]
    path.write_bytes(harmed)
    with pytest.raises(Damaged):
        await read_back(info, now)


async def test_names_are_shown_and_never_paths(uploads: Path, now: datetime) -> None:
    assert (await send(photo(), now, "../../x.jpg")).name == "x.jpg"
    assert (await send(photo(), now, "C:\\Fotos\\x.jpg")).name == "x.jpg"
    assert (await send(photo(), now, "photo\u202egpj.exe.jpg")).name == "photogpj.exe.jpg"
    assert (await send(photo(), now, "a\x00b\r\nX-Evil: 1.jpg")).name == "abX-Evil: 1.jpg"
    assert (await send(photo(), now, "𠮷𫍽王<b>.jpg")).name == "𠮷𫍽王<b>.jpg"
    long_name = (await send(photo(), now, "照" * 296 + ".jpg")).name
    assert len(long_name) == 200
    assert long_name.endswith("….jpg")
    assert (await File.get(name=long_name)).name == long_name


async def test_a_stream_that_never_ends_is_let_go_at_the_limit(uploads: Path, now: datetime) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield photo()
        while True:
            sent += 1
            yield bytes(65_536)

    with pytest.raises(Refused) as refused:
        await stage_upload(endless(), "a.jpg", None, now)
    assert refused.value.code == "files.too_large"
    assert sent * 65_536 <= 21 * 1024 * 1024


async def test_a_connection_that_breaks_leaves_nothing(uploads: Path, now: datetime) -> None:
    async def breaks() -> AsyncIterator[bytes]:
        yield photo()[:1_000]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await stage_upload(breaks(), "a.jpg", None, now)
    assert everything_in(uploads) == set()
    assert await File.all().count() == 0


async def test_who_stages_without_end_is_stopped(database: Config, uploads: Path, now: datetime) -> None:
    from lianxin.directory.models import Person

    person = await Person.create(name="王秀英", created_at=now)
    info = await stage_upload(in_pieces(photo()), "a.jpg", person.id, now)
    row = await File.get(id=info.id)
    await File.bulk_create(
        [
            File(
                owner_id=person.id,
                name=f"{number}.jpg",
                media_type="image/jpeg",
                size=1,
                sha256="",
                content_key=row.content_key,
                created_at=now,
            )
            for number in range(STAGED_AT_MOST - 1)
        ]
    )
    with pytest.raises(Refused) as refused:
        await stage_upload(in_pieces(photo()), "a.jpg", person.id, now)
    assert (refused.value.code, refused.value.status) == ("files.too_many", 429)


async def test_headers_let_nothing_run(uploads: Path, now: datetime) -> None:
    picture = headers_for(await send(photo(), now, '"照片" ;.png'))
    assert picture["Content-Disposition"].startswith("inline; ")
    assert "filename*=UTF-8''%22%E7%85%A7%E7%89%87%22%20%3B.jpg" in picture["Content-Disposition"]
    assert picture["Content-Type"] == "image/jpeg"
    paper = headers_for(await send(b"%PDF-1.7\n%%EOF", now, "a.pdf"))
    assert paper["Content-Disposition"].startswith("attachment; ")
    for headers in (picture, paper):
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "\n" not in json.dumps(headers, ensure_ascii=False)
        assert all(value.isascii() for value in headers.values())


async def test_bytes_that_are_missing_are_no_file(uploads: Path, now: datetime) -> None:
    info = await send(photo(), now)
    path_of(info.id).unlink()
    assert await open_file(info.id, by=None, purpose="test", now=now) is None
