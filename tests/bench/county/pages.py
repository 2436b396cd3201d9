"""What is asked of a whole county, by whom, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

SEARCHES = (
    *("养老", "低保", "医保", "残疾", "高龄津贴", "社保卡", "退休", "生育", "证", "户口", "农村低保申请"),
    *(
        "我妈瘫痪了能领什么",
        "怎么办理养老保险",
        "孩子上学",
        "工伤认定",
        "失业金",
        "临时救助",
        "养老 保险",
        "残疾人补贴",
    ),
    *("yanglao", "dibao", "ylbx", "gaolingjintie", "yibao", "shebaoka", "yanlao baoxian", "shiye", "dbao"),
    *("pension", "medical insurance", "disabled allowance", "birth", "subsidy for elderly", "unemployment benefit"),
    *("没有这样的事项", "qqqqqqq", "zhgongjie", "MZ-001", "高令津帖"),
)


@dataclass(frozen=True)
class Asked:
    """One row of the table: `paths` are asked in turn by `who` ("" a stranger), `limit` is milliseconds at p95."""

    what: str
    who: str
    paths: tuple[str, ...]
    limit: float


def search(text: str) -> str:
    """The address of a search."""
    return f"/eservices/?q={quote(text)}"


PAGES = (
    Asked("search", "", tuple(search(text) for text in SEARCHES), 30),
    Asked("desk queue, a busy clerk", "clerk", ("/desk/", "/desk/?view=overdue", "/desk/?view=mine"), 60),
    Asked("desk queue, an officer", "officer", ("/desk/", "/desk/?view=overdue", "/desk/?view=mine"), 60),
    Asked("desk queue, a leader", "leader", ("/desk/", "/desk/?view=overdue", "/desk/?view=unclaimed"), 60),
    Asked("statistics, the county", "leader", ("/eservices/desk/figures",), 80),
    Asked("statistics, one office", "officer", ("/eservices/desk/figures",), 80),
)
