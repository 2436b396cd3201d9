"""Key-set paging."""

import pytest

from lianxin.data.paging import LARGEST, decode_key, encode_key, page_size


@pytest.mark.parametrize("values", [("2026-11-24", "x"), ("连心", "𠮷"), ("", ""), ("a" * 150, "连" * 150)])
def test_a_key_comes_back_as_it_was(values: tuple[str, str]) -> None:
    key = encode_key(values)
    assert key.isascii()
    assert key.replace("-", "").replace("_", "").isalnum()
    assert decode_key(key, 2) == values


@pytest.mark.parametrize("key", ["", "x", "%%%", "é", "bnVsbA", "WzFd", "W10", "-" * 9999, encode_key(["one"])])
def test_a_key_that_is_none_of_ours_begins_at_the_beginning(key: str) -> None:
    assert decode_key(key, 2) is None


def test_a_page_is_never_empty_nor_endless() -> None:
    assert [page_size(size) for size in (-1, 0, 1, 20, 10**9)] == [1, 1, 1, 20, LARGEST]
