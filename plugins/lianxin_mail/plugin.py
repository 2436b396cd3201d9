"""The plugin's table of contents: what it hands to the kernel."""

from __future__ import annotations

from lianxin.api import N_, Channel, Deed, PageEntry, Route, SettingsGroup, hookimpl
from lianxin_mail.deeds import DEEDS
from lianxin_mail.models import MailAddress
from lianxin_mail.routes import ROUTES
from lianxin_mail.sending import MAIL
from lianxin_mail.settings import MailSettings


@hookimpl
def models() -> list[type]:
    """Addresses."""
    return [MailAddress]


@hookimpl
def routes() -> list[Route]:
    """A person's own page."""
    return list(ROUTES)


@hookimpl
def pages() -> list[PageEntry]:
    """It stands on the shelf of the account."""
    return [PageEntry("account", "mail:address", N_("My e-mail"), "mail", weight=25)]


@hookimpl
def channels() -> list[Channel]:
    """One more way to be told."""
    return [MAIL]


@hookimpl
def settings() -> list[SettingsGroup]:
    """The mail server."""
    return [SettingsGroup(N_("E-mail"), MailSettings)]


@hookimpl
def deeds() -> list[Deed]:
    """For who reads the audit trail."""
    return list(DEEDS)
