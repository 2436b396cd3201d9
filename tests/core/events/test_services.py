"""What a plugin offers is found by its Protocol."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pytest

from lianxin.declarations import Service
from lianxin.services import find, find_all, use_services


class Greeter(Protocol):
    """Says hello."""

    def greet(self) -> str: ...


class Chinese:
    def greet(self) -> str:
        return "您好"


class English:
    def greet(self) -> str:
        return "Hello"


@pytest.fixture(autouse=True)
def no_services() -> Iterator[None]:
    """Nothing stays registered."""
    yield
    use_services([])


def test_none_is_an_answer() -> None:
    assert find(Greeter) is None  # type: ignore[type-abstract]
    assert find_all(Greeter) == ()  # type: ignore[type-abstract]


def test_all_are_found_in_the_order_of_plugins_and_one_is_the_first() -> None:
    use_services([("zh", Service(Greeter, Chinese())), ("en", Service(Greeter, English()))])
    assert [greeter.greet() for greeter in find_all(Greeter)] == ["您好", "Hello"]  # type: ignore[type-abstract]
    first = find(Greeter)  # type: ignore[type-abstract]
    assert first is not None
    assert first.greet() == "您好"


def test_a_new_set_replaces_the_old_one() -> None:
    use_services([("zh", Service(Greeter, Chinese()))])
    use_services([])
    assert find(Greeter) is None  # type: ignore[type-abstract]
