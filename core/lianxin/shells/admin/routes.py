"""Addresses of the administration."""

from __future__ import annotations

from lianxin.api import Route, action, page
from lianxin.shells.admin import (
    accounts,
    areas,
    grants,
    jobs,
    outbox,
    overview,
    plugins,
    settings,
    trail,
    working_days,
)
from lianxin.shells.admin.access import (
    AREAS,
    AUDIT,
    CALENDAR,
    GRANT,
    JOBS,
    MESSAGES,
    OVERVIEW,
    PLUGINS,
    RETRY,
    SETTINGS,
)
from lianxin.shells.admin.forms import AccountForm, AreaForm, DayForm, GrantForm, YearForm

ONE_GRANT = {"grant": grants.GRANT}
ACCOUNT = {"person": accounts.ACCOUNT}
AREA = {"area": areas.AREA}
SETTING = {"setting": settings.SETTING}

PEOPLE: tuple[Route, ...] = (
    page("/admin/people", name="people", access=GRANT, handler=grants.show_grants),
    page("/admin/people/grant", name="grant", access=GRANT, handler=grants.show_give),
    action("/admin/people/grant", name="give", access=GRANT, handler=grants.give, form=GrantForm, again="grant"),
    page("/admin/people/{grant}/end", name="ask_end", access=GRANT, handler=grants.ask_end, loads=ONE_GRANT),
    action("/admin/people/{grant}/end", name="end", access=GRANT, handler=grants.end, loads=ONE_GRANT),
    page("/admin/staff", name="staff", access=GRANT, handler=accounts.show_accounts),
    page("/admin/staff/new", name="new_account", access=GRANT, handler=accounts.show_new),
    action(
        "/admin/staff/new",
        name="make_account",
        access=GRANT,
        handler=accounts.make,
        form=AccountForm,
        again="new_account",
    ),
    page("/admin/staff/{person}", name="account", access=GRANT, handler=accounts.show_account, loads=ACCOUNT),
    action("/admin/staff/{person}", name="change_account", access=GRANT, handler=accounts.change, loads=ACCOUNT),
    page("/admin/audit", name="audit", access=AUDIT, handler=trail.show_trail),
    action("/admin/audit", name="verify", access=AUDIT, handler=trail.check_trail, heavy=True),
)

SITE: tuple[Route, ...] = (
    page("/admin/", name="home", access=OVERVIEW, handler=overview.show_overview),
    page("/admin/areas", name="areas", access=AREAS, handler=areas.show_areas),
    page("/admin/areas/{area}", name="area", access=AREAS, handler=areas.show_area, loads=AREA),
    page("/admin/areas/{area}/edit", name="edit_area", access=AREAS, handler=areas.edit, loads=AREA),
    action(
        "/admin/areas/{area}/edit",
        name="save_area",
        access=AREAS,
        handler=areas.save,
        loads=AREA,
        form=AreaForm,
        again="edit_area",
    ),
    page("/admin/calendar", name="calendar", access=CALENDAR, handler=working_days.show_calendar),
    page("/admin/calendar/day", name="day", access=CALENDAR, handler=working_days.ask_day),
    action(
        "/admin/calendar/day",
        name="set_day",
        access=CALENDAR,
        handler=working_days.change_day,
        form=DayForm,
        again="day",
    ),
    page("/admin/calendar/year", name="year", access=CALENDAR, handler=working_days.ask_year),
    action(
        "/admin/calendar/year",
        name="set_year",
        access=CALENDAR,
        handler=working_days.change_year,
        form=YearForm,
        again="year",
    ),
    page("/admin/plugins", name="plugins", access=PLUGINS, handler=plugins.show_plugins),
    page("/admin/settings", name="settings", access=SETTINGS, handler=settings.show_settings),
    page("/admin/settings/{setting}", name="setting", access=SETTINGS, handler=settings.show_setting, loads=SETTING),
    action(
        "/admin/settings/{setting}",
        name="save_setting",
        access=SETTINGS,
        handler=settings.save,
        loads=SETTING,
        again="setting",
    ),
    action(
        "/admin/settings/{setting}/clear",
        name="clear_setting",
        access=SETTINGS,
        handler=settings.clear,
        loads=SETTING,
    ),
    page("/admin/jobs", name="jobs", access=JOBS, handler=jobs.show_jobs),
    action("/admin/jobs/{job}/retry", name="retry", access=RETRY, handler=jobs.retry, loads={"job": jobs.JOB}),
    page("/admin/messages", name="messages", access=MESSAGES, handler=outbox.show_outbox),
)

ROUTES: tuple[Route, ...] = (*SITE, *PEOPLE)
