"""The rows in which the journey is lived through: every pair of choices occurs in one of them."""

from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

from lianxin.testing.browser import Screen
from lianxin.testing.processes import Engine, Shape


@dataclass(frozen=True)
class Row:
    """One way of living through the journey. Two processes are a web and a worker, or two webs."""

    language: Literal["zh", "en"]
    screen: Screen
    script: bool
    elder: bool
    engine: Engine
    shape: Shape

    @property
    def choices(self) -> tuple[object, ...]:
        """The six choices, each of two."""
        return (self.language, self.screen, self.script, self.elder, self.engine, self.shape == "one")

    @property
    def name(self) -> str:
        """For the report."""
        script = "script" if self.script else "no script"
        look = "elder" if self.elder else "default"
        return ", ".join((self.language, self.screen, script, look, self.engine, self.shape))


ROWS = (
    Row("zh", "phone", script=True, elder=False, engine="sqlite", shape="one"),
    Row("en", "desktop", script=False, elder=False, engine="postgresql", shape="one"),
    Row("en", "desktop", script=True, elder=True, engine="sqlite", shape="two webs"),
    Row("en", "phone", script=False, elder=False, engine="sqlite", shape="web and worker"),
    Row("zh", "desktop", script=True, elder=True, engine="postgresql", shape="one"),
    Row("zh", "phone", script=False, elder=True, engine="postgresql", shape="two webs"),
)


def pairs_that_lack(rows: tuple[Row, ...]) -> list[tuple[object, object]]:
    """Pairs of choices that occur in no row."""
    lacking: list[tuple[object, object]] = []
    factors = list(zip(*(row.choices for row in rows), strict=True))
    for first, second in combinations(factors, 2):
        there = set(zip(first, second, strict=True))
        lacking += [
            pair for pair in product(sorted(set(first), key=str), sorted(set(second), key=str)) if pair not in there
        ]
    return lacking
