"""One route as an endpoint: may she, what is it about, what was typed, do it, answer."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from lianxin.data.unit import AlreadyDone, RequestKey, request_key
from lianxin.declarations import Access, Refused, Route
from lianxin.plugging.collecting import Owned
from lianxin.web.admitting import admit, load_places, may_open
from lianxin.web.answers import See, Shown, Topics
from lianxin.web.bodies import read_body
from lianxin.web.errors import NotSignedIn, SentBefore
from lianxin.web.forms import FailedForm
from lianxin.web.held import hold, let_go
from lianxin.web.keys import done_before, request_key_of
from lianxin.web.live import live_response
from lianxin.web.machine import check_bearer, machine_answer, read_json, read_query
from lianxin.web.visit import FormFailed, Visit

ADDRESS_LIMIT = 4000


class Endpoint:
    """Runs the handler of one declared route."""

    def __init__(self, owned: Owned[Route], pages: dict[str, Owned[Route]]) -> None:
        self.route = owned.item
        self.owner = owned.owner
        self._again = pages.get(f"{owned.owner}:{self.route.again}") if self.route.again else None

    async def __call__(self, request: Request) -> Response:
        visit: Visit = request.scope["visit"]
        visit.kind = self.route.kind
        await self._let_in(visit)
        if self.route.heavy:
            await request.scope["limits"].count_heavy(visit)
        loaded = await load_places(visit, self.route, visit.request.path_params)
        if self.route.kind == "action":
            return await self._act(visit, loaded)
        if self.route.takes is not None:
            visit.typed, key = await read_json(visit, self.route)
            return await self._keyed(visit, loaded, key)
        asked = [read_query(visit, self.route.asks)] if self.route.asks is not None else []
        answer = await self.route.handler(visit, *asked, **loaded)
        return await self._answer(visit, answer)

    async def _let_in(self, visit: Visit) -> None:
        """What somebody sends after her session has ended is kept for her, before she is sent to sign in."""
        try:
            check_bearer(visit, self.route)
            admit(visit, self.route)
        except NotSignedIn:
            if self.route.kind == "action":
                await hold(visit, self.route)
            raise

    async def _act(self, visit: Visit, loaded: dict[str, Any]) -> Response:
        async with read_body(visit.request, self.route.limit_bytes) as visit.typed:
            key = request_key_of(visit.typed, session_key=visit.browser_key, route=self.route.name, now=visit.now)
            return await self._keyed(visit, loaded, key)

    async def _keyed(self, visit: Visit, loaded: dict[str, Any], key: RequestKey | None) -> Response:
        token = request_key.set(key)
        try:
            return await self._once(visit, loaded, key)
        finally:
            request_key.reset(token)

    async def _once(self, visit: Visit, loaded: dict[str, Any], key: RequestKey | None) -> Response:
        try:
            return await self._run(visit, loaded)
        except AlreadyDone as done:
            return await self._replayed(visit, done)
        except (FormFailed, Refused) as failed:
            if done_then := await done_before(key):
                return await self._replayed(visit, done_then)
            if isinstance(failed, Refused) or self.route.kind == "api":
                raise
            return await self._show_again(visit, loaded, failed.form)

    async def _run(self, visit: Visit, loaded: dict[str, Any]) -> Response:
        form: BaseModel | None = None
        if (model := self.route.form or self.route.takes) is not None and isinstance(model, type):
            form = visit.read(model)
        try:
            answer = await (self.route.handler(visit, form, **loaded) if form else self.route.handler(visit, **loaded))
        except Refused as refused:
            self._refused(visit, refused)
            raise
        response = await self._answer(visit, answer)
        if isinstance(answer, See):
            await visit.remember_answer(answer.location)
            let_go(visit)
        return response

    def _refused(self, visit: Visit, refused: Refused) -> None:
        """A refusal of what was typed goes back to the form, with all that was typed."""
        if self._again is None or visit.read_as is None or refused.status not in (409, 422, 429):
            return
        failed = FailedForm(visit.read_as, visit.typed_values(visit.read_as), {}, refused.status)
        raise FormFailed(failed.with_fault(refused.field or "", refused.sentence(), refused.status)) from refused

    async def _show_again(self, visit: Visit, loaded: dict[str, Any], failed: FailedForm) -> Response:
        visit.failed = failed
        if self._again is None:
            first = next(iter(failed.faults.values()), "")
            raise Refused("web.bad_form", first, status=failed.status)
        page = await self._again.item.handler(visit, **loaded)
        if isinstance(page, See):
            return await self._answer(visit, page)
        if isinstance(page, Shown):
            page = page.page
        return await self._answer(visit, Shown(page, failed.status))

    async def _replayed(self, visit: Visit, done: AlreadyDone) -> Response:
        if not done.same:
            raise SentBefore(done.location if done.location and await may_open(visit, done.location) else "")
        return RedirectResponse(done.location or visit.back_address(), 303)

    async def _answer(self, visit: Visit, answer: Any) -> Response:
        if isinstance(answer, Response):
            return answer
        if isinstance(answer, See):
            if answer.notice:
                visit.tell(answer.kind, str(answer.notice))
            return RedirectResponse(answer.location[:ADDRESS_LIMIT], 303)
        if isinstance(answer, Topics):
            return live_response(visit, answer)
        if self.route.kind == "api":
            return await machine_answer(visit, self.route, answer)
        shown = answer if isinstance(answer, Shown) else Shown(answer)
        body = await visit.site.renderer.render(visit, shown.page, fragment=visit.wants_fragment)
        headers = {"content-type": "text/html; charset=utf-8", "cache-control": "no-store", **shown.headers}
        visit.request.scope["shared"] = shown.status == 200 and self._may_share(visit, shown.page)
        return Response(body, shown.status, headers=headers)

    def _may_share(self, visit: Visit, page: Any) -> bool:
        """Whether the same page is right for whoever asks next: nothing in it is of this visit."""
        own = visit.session or visit.choices or visit.cookies or visit.notices or visit.wants_fragment or visit.keyed
        return self.route.access is Access.PUBLIC and getattr(page, "shared", False) and not own
