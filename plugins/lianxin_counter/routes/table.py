"""Addresses of the plugin, all below /counter."""

from __future__ import annotations

from lianxin.api import PUBLIC, Route, action, page, stream
from lianxin_counter import forms
from lianxin_counter.access import SERVE
from lianxin_counter.place import AREA, CODE, SLIP
from lianxin_counter.routes import desk, hall

_AREA = {"area": AREA}
_CODE = {"slip": CODE}
_SLIP = {"slip": SLIP}

HALL: tuple[Route, ...] = (
    page("/{area}/", name="hall", access=PUBLIC, handler=hall.show_hall, loads=_AREA),
    action("/{area}/", name="take", access=PUBLIC, handler=hall.take, loads=_AREA, form=forms.TakeForm, again="hall"),
    page("/{area}/slip/{slip}", name="taken", access=PUBLIC, handler=hall.show_taken, loads={**_AREA, **_CODE}),
    page("/{area}/display", name="wall", access=PUBLIC, handler=hall.show_wall, loads=_AREA),
    stream("/{area}/live", name="live", access=PUBLIC, handler=hall.listen, loads=_AREA),
    page("/s/{slip}", name="follow", access=PUBLIC, handler=hall.show_follow, loads=_CODE),
    action("/s/{slip}", name="leave", access=PUBLIC, handler=hall.leave, loads=_CODE),
)

DESK: tuple[Route, ...] = (
    page("/desk/", name="desk", access=SERVE, handler=desk.show_desk),
    action("/desk/", name="next", access=SERVE, handler=desk.call_next),
    page("/desk/new", name="give", access=SERVE, handler=desk.show_give),
    action("/desk/new", name="give_slip", access=SERVE, handler=desk.give, form=forms.GiveForm, again="give"),
    page("/desk/seat", name="seat", access=SERVE, handler=desk.show_seat),
    action("/desk/seat", name="sit", access=SERVE, handler=desk.sit, form=forms.SitForm, again="seat"),
    action("/desk/seat/add", name="add", access=SERVE, handler=desk.add, form=forms.AddForm, again="seat"),
    action("/desk/seat/up", name="get_up", access=SERVE, handler=desk.get_up),
    page("/desk/slip/{slip}", name="slip", access=SERVE, handler=desk.show_slip, loads=_SLIP),
    action(
        "/desk/slip/{slip}",
        name="move",
        access=SERVE,
        handler=desk.move,
        loads=_SLIP,
        form=forms.MoveForm,
        again="slip",
    ),
    page("/desk/slip/{slip}/print", name="given", access=SERVE, handler=desk.show_given, loads=_SLIP),
)

ROUTES: tuple[Route, ...] = (*HALL, *DESK)
