"""Everything that keeps a guide from being published here: its own rules, and codes that this site does not know."""

from __future__ import annotations

from lianxin.api import N_
from lianxin_eservices.queries.items import DEPARTMENTS, LIFE_EVENTS, TARGET_GROUPS
from lianxin_eservices.rules.faults import Problem, problems_of
from lianxin_eservices.rules.item import ServiceItem


def all_problems(guide: ServiceItem) -> list[Problem]:
    """In the order of the fields; empty when it can be published."""
    checks = (
        ("department", (guide.department,), DEPARTMENTS),
        ("co_departments", guide.co_departments, DEPARTMENTS),
        ("life_event", (guide.life_event,), LIFE_EVENTS),
        ("target_groups", guide.target_groups, TARGET_GROUPS),
    )
    unknown = [(path, code) for path, codes, known in checks for code in codes if code not in known]
    said = [Problem(path, N_("“%(code)s” is not known on this site", code=code)) for path, code in unknown]
    return said + problems_of(guide)
