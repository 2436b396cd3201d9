"""One account for each role, so that every side of the house can be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from lianxin.operate.demo.people import demo_id

COUNTY: Final = "510821"
TOWNSHIP: Final = "510821107"
COMMUNITY: Final = "510821107001"
GRID: Final = "510821107001012"


@dataclass(frozen=True, slots=True)
class StaffSeed:
    """An account of the demo: `area` is a code, `organisation` the code of one ("": any)."""

    login: str
    name: str
    role: str
    area: str
    organisation: str = ""

    @property
    def person_id(self) -> UUID:
        """The same in every demo."""
        return demo_id("staff", self.login)


STAFF: Final = (
    StaffSeed("station", "何静", "station_staff", COMMUNITY),
    StaffSeed("station2", "何勇", "station_staff", COMMUNITY),
    StaffSeed("grid", "赵刚", "grid_worker", GRID),
    StaffSeed("civil", "唐文英", "department_officer", COUNTY, "civil_affairs"),
    StaffSeed("disabled", "彭晓东", "department_officer", COUNTY, "disabled_persons_federation"),
    StaffSeed("labour", "严红", "department_officer", COUNTY, "human_resources"),
    StaffSeed("health", "魏建平", "department_officer", COUNTY, "healthcare_security"),
    StaffSeed("township", "苟明", "township_officer", TOWNSHIP, f"township-{TOWNSHIP}"),
    StaffSeed("supervisor", "谢国强", "supervisor", COUNTY),
    StaffSeed("catalogue", "昝雨薇", "catalogue_editor", COUNTY),
    StaffSeed("system", "罗俊", "system_admin", COUNTY),
    StaffSeed("security", "黎敏", "security_admin", COUNTY),
    StaffSeed("auditor", "石慧", "auditor", COUNTY),
)


@dataclass(frozen=True, slots=True)
class DepartmentSeed:
    """A department of the county; the serial number makes its credit code."""

    code: str
    name_zh: str
    name_en: str
    phone: str
    serial: int


DEPARTMENTS: Final = (
    DepartmentSeed("civil_affairs", "旺苍县民政局", "Wangcang County Civil Affairs Bureau", "0839-012 3401", 1),
    DepartmentSeed(
        "disabled_persons_federation",
        "旺苍县残疾人联合会",
        "Wangcang County Disabled Persons' Federation",
        "0839-012 3402",
        2,
    ),
    DepartmentSeed(
        "human_resources",
        "旺苍县人力资源和社会保障局",
        "Wangcang County Human Resources and Social Security Bureau",
        "0839-012 3403",
        3,
    ),
    DepartmentSeed(
        "healthcare_security",
        "旺苍县医疗保障局",
        "Wangcang County Healthcare Security Bureau",
        "0839-012 3404",
        4,
    ),
)
