"""What is an address, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from lianxin_mail.rules import clean_address, mask_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Wang.Xiuying@QQ.com ", "Wang.Xiuying@qq.com"),
        ("13800001234＠163。com", "13800001234@163.com"),
        ("a+b@mail.example.gov.cn", "a+b@mail.example.gov.cn"),
        ("li@旺苍.中国", "li@xn--ihvp55d.xn--fiqs8s"),
    ],
)
def test_addresses_are_read_as_they_were_meant(typed: str, kept: str) -> None:
    assert clean_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "@",
        "wang",
        "wang@",
        "@qq.com",
        "wang@qq",
        "a b@qq.com",
        "a@b@qq.com",
        "a..b@qq.com",
        ".a@qq.com",
        "王@qq.com",
        "a@qq.com\nBcc: b@qq.com",
        "a@-qq.com",
        "a" * 65 + "@qq.com",
        "a@" + "b" * 250 + ".com",
        "<a@qq.com>",
    ],
)
def test_what_is_none_is_refused(typed: str) -> None:
    assert clean_address(typed) is None


@given(any_.text(max_size=300))
def test_what_is_kept_can_stand_in_a_header_and_is_kept_again(typed: str) -> None:
    address = clean_address(typed)
    if address is not None:
        assert address.isascii()
        assert address.isprintable()
        assert " " not in address
        assert clean_address(address) == address


def test_masked() -> None:
    assert mask_address("wang@163.com") == "w***@163.com"
