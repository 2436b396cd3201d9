"""What is measured and what is hoped for: ratios to the raw line of the same run, and two absolute figures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """At least (`more` true) or at most so much. `absolute` goals look at the product alone."""

    limit: float
    more: bool
    absolute: bool = False

    def met(self, product: float, raw: float) -> bool:
        """Whether these figures reach it."""
        figure = product if self.absolute else product / raw if raw else 0.0
        return figure >= self.limit if self.more else figure <= self.limit

    def told(self, unit: str) -> str:
        """In the words of the table."""
        return f"{'≥' if self.more else '≤'} {self.limit:g} {unit if self.absolute else '×'}"


@dataclass(frozen=True)
class Row:
    """A line of the table. `raw` is 0 where there is nothing to compare with;"""

    what: str
    unit: str
    product: float
    raw: float
    goal: Goal
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Product by raw."""
        return None if self.goal.absolute or not self.raw else self.product / self.raw

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.goal.met(self.product, self.raw)


def goal_of(what: str, engine: str) -> Goal:
    """The goal of a figure on an engine."""
    sqlite = engine == "sqlite"
    return {
        "list": Goal(0.5, more=True),
        "list unchanged": Goal(3.0, more=True),
        "detail": Goal(0.25 if sqlite else 0.4, more=True),
        "submit": Goal(0.3 if sqlite else 0.45, more=True),
        "one visitor alone": Goal(2.5, more=False),
        "one message to all": Goal(3.0, more=False),
        "memory of a listener": Goal(1.5, more=False),
        "start": Goal(2.5, more=False),
        "memory": Goal(1.6, more=False),
        "memory of a process": Goal(150.0, more=False, absolute=True),
        "first load": Goal(60.0, more=False, absolute=True),
    }[what]
