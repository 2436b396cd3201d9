"""Sentences to tick on a list of corrections."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from lianxin.api import MatterRow, set_setting
from lianxin.testing.site import TestSite
from lianxin_eservices.models import Case
from lianxin_eservices.rules.sentences import MOST, joined, lines_for, sentences_of
from tests.plugins.eservices.people import resident, staff
from tests.plugins.eservices.test_journey import applied

ONE_LINE = any_.text(any_.characters(exclude_categories=("Cc", "Zl", "Zp", "Cs")), max_size=12)


def test_each_sentence_is_said_of_each_paper() -> None:
    sentences = sentences_of("{材料}：看不清；{ paper }：没有交;\n请填手机号；；")
    assert sentences == ("{材料}：看不清", "{ paper }：没有交", "请填手机号")
    assert lines_for(sentences, ["户口簿", "身份证"]) == [
        "户口簿：看不清",
        "户口簿：没有交",
        "身份证：看不清",
        "身份证：没有交",
        "请填手机号",
    ]
    assert lines_for(sentences, []) == ["请填手机号"]
    assert lines_for((), ["户口簿"]) == []
    assert len(lines_for(sentences, [f"第{number}份" for number in range(99)])) == MOST


def test_a_papers_name_is_no_pattern() -> None:
    assert lines_for(("{材料}：没有交",), ["三{名}"]) == ["三{名}：没有交"]


@given(any_.lists(ONE_LINE, max_size=6), any_.lists(ONE_LINE, max_size=6))
def test_the_list_has_one_thing_a_line_and_nothing_twice(ticked: list[str], typed: list[str]) -> None:
    lines = joined(ticked, "\n".join(typed)).split("\n")
    wanted = [line.strip() for line in (*ticked, *"\n".join(typed).splitlines()) if line.strip()]
    assert [line for line in lines if line] == list(dict.fromkeys(wanted))


@pytest.mark.anyio
async def test_ticked_and_typed_stand_on_one_list(county: TestSite) -> None:
    code = await applied(county, await county.client_of((await resident(county)).id))
    clerk = (await staff("何静", county)).person_id
    assert clerk
    client, where = await county.client_of(clerk, staff=True), f"/desk/m/{code}/request_correction"
    await set_setting("eservices.correction_sentences", "{材料}：拍歪了；请签名", by_id=None, now=county.clock())
    page = (await client.get(where)).text
    assert "居民户口簿：拍歪了" in page or "户口簿：拍歪了" in page
    empty = await client.submit(where, {"wanted": " \n"}, page=where)
    assert empty.status_code == 422
    assert "请勾选或写出要补什么" in empty.text
    sent = await client.submit(
        where, {"usual": ["请签名", "户口簿：拍歪了"], "wanted": "户口簿：拍歪了\n照片要白底"}, page=where
    )
    assert sent.status_code == 303
    case = await Case.get(matter_id=(await MatterRow.get(code=code)).id)
    assert case.correction == "请签名\n户口簿：拍歪了\n照片要白底"
