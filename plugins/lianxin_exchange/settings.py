"""What the operator decides about telling other systems."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.api import N_, setting


@dataclass(frozen=True, slots=True)
class ExchangeSettings:
    """Where deliveries may go, and when we give a system up."""

    inside: str = setting(
        "",
        help=N_("Servers in the county’s own network that may be told, parted by commas. Others must be public."),
    )
    days_failing: int = setting(5, help=N_("After so many days in which nothing got through a system is told no more."))
