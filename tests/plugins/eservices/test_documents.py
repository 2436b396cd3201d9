"""Notices on paper: they look as approved, their text can be copied, and nothing in it is read as code."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import time
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PIL import Image, ImageChops

from lianxin_eservices import data, documents
from lianxin_eservices.documents.drawing import FAMILY, draw, draw_pdf, fonts
from lianxin_eservices.rules.item import ItemType
from lianxin_eservices.rules.notices import NoticeFacts, NoticeText, compose, remedy_of

APPROVED = Path(__file__).parent / "approved"
WORDS = data.read("notices")
NAMES = ("周桂华", "𬍛㛃", "阿卜杜热西提·麦麦提艾力·吐尔逊江·阿卜杜克热木·玉素甫江江", "昝䶮")
FACTS = NoticeFacts(
    office="旺苍县人力资源和社会保障局",
    phone="0839-012 3403",
    applicant="周桂华",
    item="城乡居民基本养老保险参保登记",
    code="7K2M 9Q4T",
    sent=date(2026, 11, 20),
    day=date(2026, 11, 25),
    due=date(2026, 12, 2),
    papers_due=date(2026, 12, 1),
    reason="家庭人均收入高于当地标准，暂不符合条件。",
    days="15",
    result="养老保险参保登记",
    remedy=remedy_of(WORDS, ItemType.PAYMENT),
    listed=("户口簿本人那一页没有拍清楚，请重拍", "身份证反面也要拍一张"),
)
LISTS = {"correction", "gap"}


def notice(name: str, **more: object) -> NoticeText:
    listed = FACTS.listed if name in LISTS else ()
    return compose(WORDS, name, replace(FACTS, **{"listed": listed, **more}), 12)


def copied(drawn: bytes) -> str:
    """The text that a reader would copy, without spaces and the ends of lines."""
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(drawn)).pages)
    return "".join(text.split())


@pytest.mark.parametrize("name", list(WORDS["notices"]))
def test_a_notice_looks_as_approved(name: str):
    """LIANXIN_APPROVE=1 writes the pictures anew; look at them before they are committed."""
    drawn = Image.open(io.BytesIO(draw(notice(name, applicant="𬍛㛃·周桂华"), "png", dots_an_inch=60))).convert("L")
    there = APPROVED / f"{name}.png"
    if os.environ.get("LIANXIN_APPROVE"):
        there.parent.mkdir(exist_ok=True)
        drawn.save(there, optimize=True)
    approved = Image.open(there).convert("L")
    assert drawn.size == approved.size
    histogram = ImageChops.difference(drawn, approved).histogram()
    unlike = sum(histogram[48:]) / (drawn.width * drawn.height)
    assert unlike < 0.001, f"{unlike:.2%} of the picture is not as approved"


def test_a_line_more_is_noticed():
    """So that the comparison above can fail."""
    more = notice("refusal", reason=FACTS.reason + "请在户口所在地办。")
    drawn = Image.open(io.BytesIO(draw(more, "png", dots_an_inch=60))).convert("L")
    histogram = ImageChops.difference(drawn, Image.open(APPROVED / "refusal.png").convert("L")).histogram()
    assert sum(histogram[48:]) / (drawn.width * drawn.height) > 0.001


@pytest.mark.parametrize("name", NAMES)
def test_every_name_can_be_copied_whole(name: str):
    text = copied(draw(notice("acceptance", applicant=name), "pdf"))
    assert f"{name}：" in text
    assert "受字〔2026〕12号" in text
    assert "本机关将于2026年12月2日前作出决定" in text


def test_the_longest_name_has_thirty_characters():
    assert max(map(len, NAMES)) == 30


def test_every_character_of_the_texts_and_names_is_in_the_font_that_ships():
    """Drawn with the shipped font alone and with all of the machine's, a notice has the same letters."""
    for name in WORDS["notices"]:
        fonts_of = pypdf.PdfReader(io.BytesIO(draw(notice(name, applicant="𬍛㛃·䶮"), "pdf"))).pages[0]["/Resources"]
        used = {str(font.get_object()["/BaseFont"]) for font in fonts_of["/Font"].values()}
        assert {each.split("+")[-1] for each in used} == {"NotoSerifSC-Regular"}, name


@pytest.mark.parametrize(
    "typed",
    [
        '#read("/etc/passwd")',
        '#import "notice.typ": red',
        "$ x^2 $ *bold* _it_ `raw` <label> @label",
        '"); #panic("x") //',
        "\\ {code} {0.__class__} %s",
        "= 标题\n- 条目\n/ 词: 义",
    ],
)
def test_what_people_type_is_never_read_as_code(typed: str):
    words = notice("rejected", reason=typed, applicant=typed[:30])
    text = copied(draw(words, "pdf"))
    assert "".join(typed.split()) in text


def test_nobody_turns_the_order_of_an_office_s_words_round():
    turned = notice("rejected", reason="收入\u202e高于\u2066标准\x07", applicant="周\u200f桂华")
    assert turned.addressee == "周桂华"
    assert "理由：收入高于标准" in turned.before


def test_a_long_list_goes_on_on_the_next_page_and_says_how_many_there_are():
    drawn = draw(notice("correction", listed=[f"第{n}份材料的复印件看不清，请重新拍照" for n in range(1, 61)]), "pdf")
    reader = pypdf.PdfReader(io.BytesIO(drawn))
    assert len(reader.pages) >= 3
    assert f"1/{len(reader.pages)}" in copied(drawn)


def test_the_same_notice_is_drawn_the_same_bytes():
    assert draw(notice("acceptance"), "pdf") == draw(notice("acceptance"), "pdf")


async def _beats(while_drawing: int) -> tuple[float, list[bytes]]:
    """The longest time for which the loop stood still while notices were drawn."""
    worst, last = 0.0, time.perf_counter()
    drawing = asyncio.gather(*(draw_pdf(notice("acceptance", reason=str(n))) for n in range(while_drawing)))
    while not drawing.done():
        await asyncio.sleep(0.002)
        now = time.perf_counter()
        worst, last = max(worst, now - last), now
    return worst, await drawing


@pytest.mark.anyio
async def test_the_loop_waits_for_no_drawing():
    await draw_pdf(notice("acceptance"))
    worst, drawn = await _beats(30)
    assert all(each.startswith(b"%PDF") for each in drawn)
    assert worst < 0.15


def test_a_paper_takes_no_300_milliseconds():
    draw(notice("acceptance"), "pdf")
    taken = []
    for number in range(5):
        began = time.perf_counter()
        draw(notice("correction", reason=str(number)), "pdf")
        taken.append(time.perf_counter() - began)
    assert sorted(taken)[2] < 0.3


def test_the_font_is_there_whole_and_unchanged():
    folder = Path(documents.__file__).parent / "fonts"
    listed = tomllib.loads((folder / "VENDOR.toml").read_text("utf-8"))
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "VENDOR.toml"
    }
    assert found == listed["sha256"]
    assert FAMILY in fonts().families()


def test_a_paragraph_of_which_something_is_unknown_is_said_otherwise_or_not_at_all():
    unknown = notice("acceptance", due=None)
    assert any("法定期限" in each for each in unknown.before)
    assert not any("说明" in each for each in notice("approved", reason="").before)
    assert notice("acceptance", applicant="").addressee == "申请人"
    assert "咨询电话" not in notice("acceptance", phone="").foot


def test_what_is_kept_comes_back_word_for_word():
    words = notice("correction", reason="“引号”\n{code}")
    assert NoticeText.from_text(words.to_text()) == words
