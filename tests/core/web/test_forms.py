"""Bad input and second clicks: what was typed is kept, nothing is stored that was refused, nothing is done twice."""

from __future__ import annotations

import html
import re
from urllib.parse import quote_from_bytes

import pytest

from lianxin.data.models import RequestSeen
from lianxin.directory.models import Person
from lianxin.testing.site import SiteClient, TestSite
from tests.core.web.probe.opening import probed as probed

pytestmark = pytest.mark.anyio
KEY = re.compile(r'name="_key" value="([^"]+)"')
NOT_WHOLE = "The text did not arrive whole. Type it again."


async def key_of(client: SiteClient) -> str:
    found = KEY.search((await client.get("/probe/")).text)
    assert found
    return found[1]


def value_of(text: str, field: str) -> str:
    """What stands in an input of a page."""
    found = re.search(rf'<input [^>]*?value="([^"]*)"[^>]*? name="{field}"', text)
    assert found, f"no field {field}"
    return html.unescape(found[1])


def error_of(text: str, field: str) -> str:
    """The sentence at a field."""
    found = re.search(rf'id="f-{field}-error">.*?<span>(.*?)</span>', text)
    return html.unescape(found[1]) if found else ""


def kept_in(text: str) -> list[str]:
    """The list of what is stored, as it stands in the source of the page."""
    return re.findall(r"<li>(.*?)</li>", text.partition('<ul id="kept">')[2].partition("</ul>")[0])


BAD = {
    "too long": ({"words": "长" * 31}, "words"),
    "too short": ({"words": "x"}, "words"),
    "much too long": ({"words": "y" * 200_000}, "words"),
    "missing": ({"words": ""}, "words"),
    "no number": ({"words": "good", "many": "many"}, "many"),
    "a number too large": ({"words": "good", "many": "61"}, "many"),
    "a number beyond all": ({"words": "good", "many": "9" * 5000}, "many"),
    "no such answer": ({"words": "good", "way": "c"}, "way"),
    "a bell": ({"words": "ding\x07dong"}, "words"),
    "nothing at all": ({"words": "nul\x00nul"}, "words"),
    "a line break in a line": ({"words": "two\nlines"}, "words"),
    "an escape in a text": ({"words": "good", "note": "red\x1b[31m"}, "note"),
    "a C1 control": ({"words": "next\x85line"}, "words"),
}


@pytest.mark.parametrize("name", BAD)
async def test_what_does_not_hold_is_told_at_the_field_and_stays_typed(probed: TestSite, name: str) -> None:
    data, field = BAD[name]
    client = probed.client()
    answer = await client.submit("/probe/keep", data, page="/probe/")
    assert answer.status_code == 422
    assert error_of(answer.text, field)
    assert f'href="#f-{field}' in answer.text.partition('class="errors"')[2].partition("</div>")[0]
    if "\n" not in data[field] and "\x00" not in data[field] and field in ("words", "many"):
        assert value_of(answer.text, field) == data[field]
    if field != "words":
        assert value_of(answer.text, "words") == "good", "the other fields stay too"
    assert await Person.all().count() == 0
    assert await RequestSeen.all().count() == 0


BROKEN_BYTES = {
    "GB18030": "王秀华".encode("gb18030"),
    "a lone byte": b"ab\xffcd",
    "a half character": "王".encode()[:2],
    "an overlong slash": b"ab\xc0\xaf",
    "a lone surrogate": "ab\ud83dcd".encode("utf-8", "surrogatepass"),
    "a surrogate pair as CESU-8": "\ud83d\ude00ok".encode("utf-8", "surrogatepass"),
    "beyond Unicode": b"ab\xf5\x80\x80\x80",
}


def in_parts(name: str, value: bytes) -> tuple[bytes, str]:
    """A body of multipart/form-data."""
    return b'--cut\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n--cut--\r\n' % (
        name.encode(),
        value,
    ), "cut"


@pytest.mark.parametrize("way", ["percent", "raw", "parts", "parts that claim another encoding"])
async def test_text_that_is_not_utf_8_is_never_guessed(probed: TestSite, way: str) -> None:
    client = probed.client(language="en")
    for name, value in BROKEN_BYTES.items():
        kind = "application/x-www-form-urlencoded"
        if way == "percent":
            body = b"words=" + quote_from_bytes(value).encode()
        elif way == "raw":
            body = b"words=" + value
        else:
            body, cut = in_parts("words", value)
            kind = f"multipart/form-data; boundary={cut}" + ("; charset=gb18030" if "claim" in way else "")
        answer = await client.post("/probe/keep", content=body, headers={"content-type": kind})
        assert answer.status_code == 422, name
        assert error_of(answer.text, "words") == NOT_WHOLE, name
    assert await Person.all().count() == 0


STRANGE = {
    "an emoji": "👵🏽👨‍👩‍👧 好",
    "right to left": "שלום עולם",
    "an override": "a\u202egnp.exe",
    "a tag": "王<b>x</b>",
    "a script": "<script>alert(1)</script>",
    "a quote": "\"'><img src=x onerror=1>",
    "a template": "{{ 7*7 }}{% if 1 %}",
    "a rare character": "𠮷𬎆㐂",
    "a variant of a character": "葛\U000e0100城",
    "a minority name": "买买提·艾合买提江",
    "per cent": "100% %(name)s %s",
    "an entity": "&lt;b&gt; &amp;",
    "SQL": "x'); DROP TABLE person;--",
    "spaces": "two  blanks",
    "plus and equals": "=1+1&a=b;c",
    "a zero-width space": "a\u200bb",
    "combining": "e\u0301",
}


@pytest.mark.parametrize("parts", [False, True], ids=["urlencoded", "multipart"])
async def test_what_people_type_is_stored_as_typed_and_shown_as_text(probed: TestSite, parts: bool) -> None:
    client = probed.client()
    for name, typed in STRANGE.items():
        if parts:
            body, cut = in_parts("words", typed.encode())
            kind = {"content-type": f"multipart/form-data; boundary={cut}"}
            answer = await client.post("/probe/keep", content=body, headers=kind)
        else:
            answer = await client.submit("/probe/keep", {"words": typed}, page="/probe/")
        assert answer.status_code == 303, name
        assert [person.name for person in await Person.all()] == [typed]
        shown = kept_in((await client.get(answer.headers["location"])).text)
        assert [html.unescape(each) for each in shown] == [typed]
        assert not re.search(r"[<>\"']", shown[0]), name
        await Person.all().delete()


async def test_what_is_refused_comes_back_with_all_that_was_typed(probed: TestSite) -> None:
    client = probed.client()
    data = {
        "words": "taken",
        "note": "<i>my note</i>",
        "many": "3",
        "way": "b",
        "days": ["mon", "wed"],
        "secret": "hush!",
    }
    answer = await client.submit("/probe/keep", data, page="/probe/")
    assert answer.status_code == 409
    assert error_of(answer.text, "words") == "Somebody was first."
    assert value_of(answer.text, "words") == "taken"
    assert value_of(answer.text, "many") == "3"
    assert "&lt;i&gt;my note&lt;/i&gt;</textarea>" in answer.text
    assert re.search(r'value="b" checked', answer.text)
    assert re.findall(r'name="days" value="(\w+)" checked', answer.text) == ["mon", "wed"]
    assert "hush!" not in answer.text, "a password is never sent back"
    assert await Person.all().count() == 0


async def test_a_refusal_of_the_whole_form_stands_above_it(probed: TestSite) -> None:
    answer = await probed.client().submit("/probe/keep", {"words": "whole form"}, page="/probe/")
    assert answer.status_code == 422
    assert "<li>Not like this: 100% sure.</li>" in answer.text
    assert value_of(answer.text, "words") == "whole form"


async def test_a_refusal_without_a_form_is_a_page(probed: TestSite) -> None:
    answer = await probed.client().post("/probe/refuse", data={})
    assert answer.status_code == 422
    assert "Never." in answer.text


async def test_corrected_it_goes_through(probed: TestSite) -> None:
    client = probed.client()
    failed = await client.submit("/probe/keep", {"words": "x", "note": "stays"}, page="/probe/")
    key = KEY.search(failed.text)
    assert key
    mended = await client.post("/probe/keep", data={"_key": key[1], "words": "longer", "note": "stays"})
    assert mended.status_code == 303
    assert [person.name for person in await Person.all()] == ["longer"]


async def test_back_and_correct_with_the_key_of_the_failed_form(probed: TestSite) -> None:
    client = probed.client()
    key = await key_of(client)
    assert (await client.post("/probe/keep", data={"_key": key, "words": "x"})).status_code == 422
    assert (await client.post("/probe/keep", data={"_key": key, "words": "longer"})).status_code == 303
    assert await Person.all().count() == 1


@pytest.mark.parametrize("path", ["/probe/keep", "/probe/close"])
async def test_a_second_click_is_led_to_where_the_first_one_went(probed: TestSite, path: str) -> None:
    client = probed.client()
    data = {"_key": await key_of(client), "words": "once"}
    first, *later = [await client.post(path, data=data) for _ in range(4)]
    assert first.status_code == 303
    assert [(each.status_code, each.headers["location"]) for each in later] == [(303, first.headers["location"])] * 3
    assert await Person.all().count() == 1


async def test_the_same_key_with_other_words_is_told(probed: TestSite) -> None:
    client = probed.client()
    key = await key_of(client)
    assert (await client.post("/probe/keep", data={"_key": key, "words": "once"})).status_code == 303
    other = await client.post("/probe/keep", data={"_key": key, "words": "twice"})
    assert other.status_code == 409
    assert "web.sent_before" in other.text
    first = await Person.get()
    assert f'href="/probe/?kept={first.id}"' in other.text
    assert [person.name for person in await Person.all()] == ["once"]


async def test_where_the_first_one_led_is_shown_to_whom_may_see_it(probed: TestSite) -> None:
    """The page may have been closed to her in the meantime."""
    client = probed.client()
    key = await key_of(client)
    assert (await client.post("/probe/keep", data={"_key": key, "words": "once"})).status_code == 303
    shown = {
        "/api/probe/things/there": False,
        "/probe/": True,
        "/probe/forbidden": False,
        "/probe/mine": False,
        "/x": False,
    }
    for location, may in shown.items():
        await RequestSeen.all().update(location=location)
        other = await client.post("/probe/keep", data={"_key": key, "words": "twice"})
        assert (f'href="{location}"' in other.text) is may, location


async def test_a_key_counts_for_its_own_route(probed: TestSite) -> None:
    client = probed.client()
    key = await key_of(client)
    assert (await client.post("/probe/keep", data={"_key": key, "words": "once"})).status_code == 303
    assert (await client.post("/probe/close", data={"_key": key, "words": "once"})).status_code == 409
    assert await Person.all().count() == 1


@pytest.mark.parametrize("key", ["", "short", "k" * 61, "ключ" * 5, "nul\x00nul-nul-nul"])
async def test_a_key_that_no_form_made_is_no_key(probed: TestSite, key: str) -> None:
    client = probed.client()
    for _ in range(2):
        assert (await client.post("/probe/keep", data={"_key": key, "words": "free"})).status_code == 303
    assert await Person.all().count() == 2


BODIES: dict[str, tuple[bytes, dict[str, str], int]] = {
    "no length": (b"words=good", {"transfer-encoding": "chunked"}, 411),
    "too large": (b"words=" + b"x" * 1_048_600, {}, 413),
    "too many fields": (b"&".join(b"a%d=1" % n for n in range(500)), {}, 400),
    "parts without a boundary": (b"--cut", {"content-type": "multipart/form-data"}, 400),
    "parts that end early": (b"--cut\r\nContent-Disp", {"content-type": "multipart/form-data; boundary=cut"}, 422),
    "parts without a name": (
        b"--cut\r\nContent-Disposition: form-data\r\n\r\nx\r\n--cut--\r\n",
        {"content-type": "multipart/form-data; boundary=cut"},
        400,
    ),
    "no parts at all": (b"nonsense", {"content-type": "multipart/form-data; boundary=cut"}, 400),
    "JSON": (b'{"words": "good"}', {"content-type": "application/json"}, 422),
    "nothing": (b"", {}, 422),
}


@pytest.mark.parametrize("name", BODIES)
async def test_a_body_that_no_browser_sends_is_answered_with_a_page(probed: TestSite, name: str) -> None:
    body, headers, status = BODIES[name]
    sent = {"content-type": "application/x-www-form-urlencoded", **headers}
    answer = await probed.client().post("/probe/keep", content=_chunks(body) if status == 411 else body, headers=sent)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert await Person.all().count() == 0


async def _chunks(body: bytes):  # type: ignore[no-untyped-def]
    yield body
