"""One permission: whoever serves a station's counters."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, Permission

SERVE: Final = "counter.slip.serve"

PERMISSIONS: Final = (Permission(SERVE, N_("Call and serve numbers at the counters of a station"), ("station_staff",)),)
