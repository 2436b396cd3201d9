"""Addresses of the catalogue's administration: one permission to edit and try, one to change what residents see."""

from __future__ import annotations

from lianxin.api import Route, action, feed, page
from lianxin_eservices.access import CATALOGUE, PUBLISH
from lianxin_eservices.editing import forms
from lianxin_eservices.routes import service_forms, services, trial

IMPORT_BYTES = 60_000_000
"""A catalogue of 5,000 items is about 45 MB."""

_SERVICE = {"service": services.SERVICE}
_SUBJECT = {**_SERVICE, "subject": service_forms.SUBJECT}
_ENTRY = {**_SUBJECT, "place": service_forms.PLACE}
_VERSION = {**_SERVICE, "number": service_forms.PLACE}
_TRIAL = {**_SERVICE, "step": service_forms.STEP}
_TOP = "/admin/services"
_ONE = f"{_TOP}/{{service}}"

_ALL: tuple[Route, ...] = (
    page(_TOP, name="services", access=CATALOGUE, handler=services.show_services),
    page(f"{_TOP}/new", name="new_service", access=CATALOGUE, handler=services.ask_new),
    action(
        f"{_TOP}/new",
        name="make_service",
        access=CATALOGUE,
        handler=services.make_service,
        form=forms.NewItemForm,
        again="new_service",
    ),
    page(f"{_TOP}/publish", name="ask_publish_several", access=PUBLISH, handler=services.ask_publish_several),
    action(
        f"{_TOP}/publish",
        name="publish_several",
        access=PUBLISH,
        handler=services.publish_several,
        form=forms.PublishSeveralForm,
        again="ask_publish_several",
        heavy=True,
    ),
    page(f"{_TOP}/import", name="ask_import", access=CATALOGUE, handler=services.ask_import),
    action(
        f"{_TOP}/import",
        name="import_services",
        access=CATALOGUE,
        handler=services.import_services,
        again="ask_import",
        heavy=True,
        limit_bytes=IMPORT_BYTES,
    ),
    feed(f"{_TOP}/export.yaml", name="export_services", access=CATALOGUE, handler=services.export_services, heavy=True),
)
_EACH: tuple[Route, ...] = (
    page(_ONE, name="service", access=CATALOGUE, handler=services.show_service, loads=_SERVICE),
    action(f"{_ONE}/begin", name="begin_editing", access=CATALOGUE, handler=services.begin_editing, loads=_SERVICE),
    action(f"{_ONE}/drop", name="drop_item_draft", access=CATALOGUE, handler=services.drop_item_draft, loads=_SERVICE),
    page(f"{_ONE}/compare", name="compare", access=CATALOGUE, handler=services.compare, loads=_SERVICE),
    feed(
        f"{_ONE}/export.yaml", name="export_service", access=CATALOGUE, handler=services.export_service, loads=_SERVICE
    ),
    page(f"{_ONE}/publish", name="ask_publish", access=PUBLISH, handler=services.ask_publish, loads=_SERVICE),
    action(
        f"{_ONE}/publish",
        name="publish",
        access=PUBLISH,
        handler=services.publish,
        loads=_SERVICE,
        form=forms.ReasonForm,
        again="ask_publish",
    ),
    page(f"{_ONE}/offer", name="ask_turn", access=PUBLISH, handler=services.ask_turn, loads=_SERVICE),
    action(
        f"{_ONE}/offer",
        name="turn",
        access=PUBLISH,
        handler=services.turn,
        loads=_SERVICE,
        form=forms.ReasonForm,
        again="ask_turn",
    ),
    page(
        f"{_ONE}/versions/{{number}}",
        name="ask_set_live",
        access=PUBLISH,
        handler=services.ask_set_live,
        loads=_VERSION,
    ),
    action(
        f"{_ONE}/versions/{{number}}",
        name="set_live",
        access=PUBLISH,
        handler=services.set_live,
        loads=_VERSION,
        form=forms.ReasonForm,
        again="ask_set_live",
    ),
)
_EDIT = f"{_ONE}/edit/{{subject}}"
_FORMS: tuple[Route, ...] = (
    page(_EDIT, name="edit", access=CATALOGUE, handler=service_forms.show_subject, loads=_SUBJECT),
    action(_EDIT, name="save", access=CATALOGUE, handler=service_forms.save, loads=_SUBJECT, again="edit"),
    page(f"{_EDIT}/{{place}}", name="edit_entry", access=CATALOGUE, handler=service_forms.show_entry, loads=_ENTRY),
    action(
        f"{_EDIT}/{{place}}",
        name="save_entry",
        access=CATALOGUE,
        handler=service_forms.save_entry,
        loads=_ENTRY,
        again="edit_entry",
    ),
    action(
        f"{_EDIT}/{{place}}/move",
        name="move",
        access=CATALOGUE,
        handler=service_forms.move,
        loads=_ENTRY,
        form=forms.MoveForm,
    ),
)
_TRYING: tuple[Route, ...] = (
    page("/preview/{service}", name="preview", access=CATALOGUE, handler=trial.show_preview, loads=_SERVICE),
    page("/trial/{service}/{step}", name="trial", access=CATALOGUE, handler=trial.show_trial, loads=_TRIAL),
    action(
        "/trial/{service}/{step}",
        name="try_answer",
        access=CATALOGUE,
        handler=trial.try_answer,
        loads=_TRIAL,
        again="trial",
    ),
    action("/trial-end/{service}", name="end_trial", access=CATALOGUE, handler=trial.finish, loads=_SERVICE),
)

CATALOGUE_ROUTES: tuple[Route, ...] = (*_ALL, *_EACH, *_FORMS, *_TRYING)
