"""One visit: who asks, when, in which language, from where. Handlers get it first."""

from __future__ import annotations

from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from lianxin.data.unit import remember_location
from lianxin.values.masks import mask_name
from lianxin.web.asked import Community as Community
from lianxin.web.asked import Notice as Notice
from lianxin.web.browser import Browser
from lianxin.web.forms import FailedForm, FormView, is_list, read_form, unknown_fields, view_form
from lianxin.web.keys import new_key

LONGEST_LOCATION = 500
ModelT = TypeVar("ModelT", bound=BaseModel)


class FormFailed(Exception):
    """What was typed does not hold; the page is shown again with it."""

    def __init__(self, form: FailedForm) -> None:
        super().__init__(f"{form.model.__name__}: {sorted(form.faults)}")
        self.form = form


class Visit(Browser):
    """What a handler knows of the request. `actor` is nobody in particular for visitors without a session."""

    __slots__ = ()

    @property
    def signed_in(self) -> bool:
        """Whether there is a person behind this."""
        return self.actor.person_id is not None

    @property
    def staff(self) -> bool:
        """Whether the session was opened by a staff method, so that grants count."""
        return bool(self.actor.staff)

    @property
    def person_name(self) -> str:
        """Masked: what stands in the header."""
        return mask_name(self.actor.name) if self.actor.name else ""

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration."""
        return bool(self.site.config.demo)

    def form(self, model: type[BaseModel], action: str, values: Any = None, **more: Any) -> FormView:
        """The form to show: as it failed a moment ago, or fresh with `values`."""
        self.keyed = True  # the key in it is for this visit alone
        failed = self.failed if self.failed and self.failed.model is model else None
        return view_form(model, action, values, failed=failed, key=new_key(), **more)

    def read(self, model: type[ModelT]) -> ModelT:
        """What was typed, as the model. Raises FormFailed, by which the page is shown again."""
        self.read_as = model
        today = self.now.astimezone(ZoneInfo(self.site.config.zone)).date()
        form = read_form(model, self.typed, {"today": today})
        if self.kind == "api" and (unknown := unknown_fields(model, self.typed)):
            form = FailedForm(model, {}, unknown)
        if isinstance(form, FailedForm):
            raise FormFailed(form)
        assert isinstance(form, model)
        return form

    def typed_values(self, model: type[BaseModel]) -> dict[str, Any]:
        """The raw values for the fields of a model, to show them again."""
        return {
            name: sent if is_list(info) else sent[-1]
            for name, info in model.model_fields.items()
            if (sent := [value for key, value in self.typed if key == name])
        }

    async def remember_answer(self, location: str) -> None:
        """A replay of this request shall be led to the same place."""
        if len(location) <= LONGEST_LOCATION:
            await remember_location(location)
