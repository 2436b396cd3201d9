"""What happens to an application of the demo: which transitions, after how many days, with which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import BaseModel

from lianxin.api import Actor
from lianxin_eservices import forms
from lianxin_eservices import forms_states as states
from lianxin_eservices.rules.item import PostedField, ServiceItem

Who = Literal["station", "second", "officer", "leader", "applicant", "system", "claim"]
PAPERS: Final = "papers"
"""What an item has that lets a paper follow."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Who handles one application, and by which guide."""

    guide: ServiceItem
    station: Actor
    second: Actor
    officer: Actor
    leader: Actor


@dataclass(frozen=True, slots=True)
class Move:
    """One transition: who makes it, how many days after the one before."""

    name: str
    who: Who
    after: float
    data: BaseModel | Callable[[Scene], BaseModel] | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A way through the flow. `since` is how many days ago it was sent; `weight` how many of a hundred go this way.

    `needs` is an optional state that the item must have, or PAPERS. `here`: where two colleagues of the station are.
    """

    name: str
    weight: int
    since: tuple[float, float]
    moves: tuple[Move, ...] = ()
    needs: str = ""
    here: bool = False


_WANTED: Final = forms.CorrectionForm(wanted="户口簿本人那一页没有拍清楚，请重拍\n身份证反面也要拍一张")
_CLAIM: Final = Move("claim", "claim", 0.2)
_ACCEPT: Final = Move("accept", "station", 0.6)
_BEGIN: Final = Move("begin_decision", "officer", 0.7)
_APPROVE: Final = Move("approve", "officer", 1.0, forms.DecisionForm(reason="材料齐全，符合条件。"))
_REJECT: Final = Move(
    "reject", "officer", 1.0, forms.ReasonForm(reason="家庭人均收入高于当地标准，暂不符合条件。情况有变化可以再申请。")
)
_ASK: Final = Move("request_correction", "station", 0.8, _WANTED)
_SENT: Final = Move("complete_correction", "applicant", 1.3)
_DELIVER: Final = Move("deliver", "station", 0.9, forms.DeliverForm(how="desk", note="在社区窗口领取，带上身份证"))
_DONE: Final = (_CLAIM, _ACCEPT, _BEGIN, _APPROVE, _DELIVER)
_RETURN: Final = forms.ReturnForm(reason="照片看不清，请核对原件后再报。")
_PRAISE: Final = forms.RateForm(grade=5, remark="办得快")
_REFUSE: Final = forms.ReasonForm(reason="您的户口不在本县，请在户口所在地办。要我们帮您问那边的电话，打社区电话就行。")

_POSTED: Final[dict[PostedField, Any]] = {
    PostedField.HOUSEHOLD_SIZE: 3,
    PostedField.AMOUNT: 620,
    PostedField.SUPPORT: "scattered",
    PostedField.KIND: "护理补贴",
    PostedField.GRADE: "2",
    PostedField.WORK: "卫生间加装扶手",
}


def _two(scene: Scene) -> BaseModel:
    assert scene.station.person_id is not None
    assert scene.second.person_id is not None
    return states.InvestigateForm(first=scene.station.person_id, second=scene.second.person_id)


def _posting(scene: Scene) -> BaseModel:
    notice = scene.guide.public_notice
    shows = notice.shows if notice else ()
    return states.posting_form(shows)(**{each.value: _POSTED[each] for each in shows if each in _POSTED})


def _follows(scene: Scene) -> BaseModel:
    return states.ConditionalForm(papers=[each.code for each in scene.guide.materials if each.may_follow][:1], days=5)


_LOOK: Final = Move("investigate", "officer", 0.5, _two)
_FOUND: Final = states.FindingsForm(
    findings="入户看了：三口人住两间瓦房，主要靠种地和低额零工，家电都是旧的。邻居说的情况与申请一致。", signed=True
)
_FOUND_TOO: Final = states.FindingsForm(
    findings="与同事一起入户。账单和存折都看过，收入与申报基本相符，没有车和门面房。", signed=True
)
_SIGN: Final = Move("sign_findings", "station", 0.7, _FOUND)
_SIGN_TOO: Final = Move("sign_findings", "second", 0.1, _FOUND_TOO)
_OBJECTION: Final = states.CallerObjectionForm(
    name="赵春兰", phone="13981520077", text="他家儿子在外面打工，去年还买了车，是不是没有报上来？"
)
_ASK_TIME: Final = Move(
    "ask_extension", "officer", 1.5, states.AskExtensionForm(days=15, reason="要向外省核对收入，回函还没有到。")
)
_HEARING: Final = states.SpecialForm(kind="assessment", reason="12月上旬请到县人民医院做评定，时间我们打电话约。")

STORIES: Final = (
    Story("new", 10, (0.05, 0.9)),
    Story("waiting", 6, (1.0, 4.0)),
    Story("in_hand", 6, (0.5, 3.0), (_CLAIM,)),
    Story("correcting", 7, (2.0, 5.0), (_CLAIM, _ASK)),
    Story("corrected", 4, (3.0, 4.5), (_CLAIM, _ASK, _SENT)),
    Story("accepted", 9, (1.5, 3.5), (_CLAIM, _ACCEPT)),
    Story("deciding", 7, (2.5, 4.5), (_CLAIM, _ACCEPT, _BEGIN)),
    Story("overdue", 5, (40.0, 60.0), (_CLAIM, _ACCEPT, _BEGIN)),
    Story("deemed", 2, (12.0, 16.0), (Move("deem_accepted", "system", 8.0),)),
    Story(
        "sent_back",
        2,
        (3.5, 5.0),
        (
            _CLAIM,
            _ACCEPT,
            Move("return_case", "officer", 0.9, forms.ReturnForm(reason="照片看不清，请核对原件后再报。")),
        ),
    ),
    Story("looked_into", 3, (3.0, 5.0), (_CLAIM, _ACCEPT, _LOOK, _SIGN), "investigating", here=True),
    Story("to_look_into", 1, (2.5, 4.0), (_CLAIM, _ACCEPT, _LOOK), "investigating", here=True),
    Story(
        "looked_into_by_both",
        2,
        (5.0, 8.0),
        (_CLAIM, _ACCEPT, _LOOK, _SIGN, _SIGN_TOO, Move("go_on", "officer", 0.5)),
        "investigating",
        here=True,
    ),
    Story("posted", 5, (3.0, 5.0), (_CLAIM, _ACCEPT, Move("post", "officer", 0.8, _posting)), "public_notice"),
    Story(
        "objected",
        2,
        (3.0, 4.5),
        (
            _CLAIM,
            _ACCEPT,
            Move("post", "officer", 0.5, _posting),
            Move("record_objection", "station", 0.6, _OBJECTION),
        ),
        "public_notice",
    ),
    Story(
        "assessed",
        2,
        (3.0, 8.0),
        (_CLAIM, _ACCEPT, Move("begin_special_procedure", "officer", 0.8, _HEARING)),
        "special_procedure",
    ),
    Story("more_time_asked", 2, (3.5, 6.0), (_CLAIM, _ACCEPT, _BEGIN, _ASK_TIME), "extended"),
    Story(
        "extended",
        2,
        (6.0, 9.0),
        (_CLAIM, _ACCEPT, _BEGIN, _ASK_TIME, Move("extend", "leader", 0.5, states.LeaderForm())),
        "extended",
    ),
    Story("paper_follows", 3, (1.2, 3.0), (_CLAIM, Move("accept_conditionally", "station", 0.5, _follows)), PAPERS),
    Story(
        "paper_late",
        3,
        (12.0, 14.0),
        (
            _CLAIM,
            Move("accept_conditionally", "station", 0.5, _follows),
            Move("papers_ran_out", "system", 9.5),
        ),
        PAPERS,
    ),
    Story("approved", 6, (4.0, 7.0), (_CLAIM, _ACCEPT, _BEGIN, _APPROVE)),
    Story("rejected", 3, (5.0, 9.0), (_CLAIM, _ACCEPT, _BEGIN, _REJECT)),
    Story("delivered", 10, (6.0, 30.0), _DONE),
    Story(
        "rated", 10, (10.0, 90.0), (*_DONE, Move("rate", "applicant", 1.0, forms.RateForm(grade=5, remark="办得快")))
    ),
    Story("rated_well", 4, (10.0, 60.0), (*_DONE, Move("rate", "applicant", 2.0, forms.RateForm(grade=3)))),
    Story(
        "rated_badly",
        2,
        (7.0, 14.0),
        (*_DONE, Move("rate", "applicant", 1.0, forms.RateForm(grade=2, remark="跑了两趟才办好"))),
    ),
    Story(
        "called_back",
        2,
        (25.0, 50.0),
        (
            *_DONE,
            Move("rate", "applicant", 1.0, forms.RateForm(grade=1, remark="电话一直打不通")),
            Move("follow_up", "station", 3.0, forms.FollowUpForm(outcome="打电话道了歉，换了一部窗口电话，她说可以了")),
        ),
    ),
    Story("not_accepted", 2, (3.0, 30.0), (_CLAIM, Move("refuse_acceptance", "station", 0.5, _REFUSE))),
    Story("withdrawn", 2, (2.0, 20.0), (Move("withdraw", "applicant", 0.4, forms.WithdrawForm(reason="先不办了")),)),
)
ELSEWHERE_STORIES: Final = tuple(each for each in STORIES if not each.here)
