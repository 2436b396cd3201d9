"""What happens to an application of the demo: which transitions, after how many days, with which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel

from lianxin_eservices import forms

Who = Literal["station", "officer", "applicant", "system", "claim"]


@dataclass(frozen=True, slots=True)
class Move:
    """One transition: who makes it, how many days after the one before."""

    name: str
    who: Who
    after: float
    data: BaseModel | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A way through the flow. `since` is how many days ago it was sent; `weight` how many of a hundred go this way.

    `needs` is an optional state that the item must have.
    """

    name: str
    weight: int
    since: tuple[float, float]
    moves: tuple[Move, ...] = ()
    needs: str = ""


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
    Story("looked_into", 3, (6.0, 9.0), (_CLAIM, _ACCEPT, Move("investigate", "officer", 1.0)), "investigating"),
    Story(
        "posted",
        3,
        (9.0, 13.0),
        (_CLAIM, _ACCEPT, Move("post", "officer", 3.0)),
        "public_notice",
    ),
    Story(
        "extended",
        1,
        (20.0, 24.0),
        (_CLAIM, _ACCEPT, Move("extend", "officer", 9.0, forms.ExtendForm(days=15, reason="核对信息要多等几天。"))),
        "extended",
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
