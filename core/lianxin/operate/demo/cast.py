"""The parts that one may play on a demo site: a resident, and one colleague for each role."""

from __future__ import annotations

from lianxin.operate.demo.fill import demo_resident
from lianxin.operate.demo.staff import STAFF
from lianxin.shells.demo.cast import Somebody


class DemoCast:
    """Offers those whom `fill_kernel` makes."""

    def everybody(self) -> list[Somebody]:
        """The resident first."""
        seed = demo_resident()
        resident = Somebody("resident", seed.id, seed.name, "resident", seed.area)
        staff = [Somebody(s.login, s.person_id, s.name, s.role, s.area, s.organisation) for s in STAFF]
        return [resident, *staff]
