"""Every hook that a plugin may implement in its `plugin.py`. The docstrings are the reference.

Each is called once, at start-up, and returns a list of frozen declarations from `lianxin.api`. None takes an argument,
none waits: what needs the database or a request belongs into the declared functions.
"""

from __future__ import annotations

import pluggy

from lianxin import declarations as declared

PROJECT = "lianxin"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def models() -> list[type]:  # type: ignore[empty-body]
    """The plugin's tables: Tortoise models from its `models.py`, each named `<plugin>_…`.

    Foreign keys lead to the kernel (`lianxin.Person`) or to a plugin in `requires`, and say `on_delete`.
    """


@hookspec
def routes() -> list[declared.Route]:  # type: ignore[empty-body]
    """The plugin's addresses: `page`, `action`, `api`, `feed`, `stream`, mounted under `/<plugin>/`.

    `access=` must be said: `PUBLIC`, `SIGNED_IN` or the name of a permission. Path parameters declare their loader.
    """


@hookspec
def pages() -> list[declared.PageEntry]:  # type: ignore[empty-body]
    """Where the plugin's pages stand: on the portal, in the bar of the phone, at the desk, in the administration."""


@hookspec
def permissions() -> list[declared.Permission]:  # type: ignore[empty-body]
    """What may be allowed: `<plugin>.<thing>.<verb>`, few, each with the roles that hold it from the start."""


@hookspec
def roles() -> list[declared.Role]:  # type: ignore[empty-body]
    """Bundles of permissions that administrators grant. Plugins seldom need one of their own."""


@hookspec
def flows() -> list[declared.Flow]:  # type: ignore[empty-body]
    """The states and transitions of the plugin's matters, from which queues, buttons and tests are made."""


@hookspec
def messages() -> list[declared.MessageKind]:  # type: ignore[empty-body]
    """What the plugin tells people, in words that the reader's language fills."""


@hookspec
def channels() -> list[declared.Channel]:  # type: ignore[empty-body]
    """Ways to reach a person: SMS, e-mail, an official account."""


@hookspec
def sign_in() -> list[declared.SignInMethod]:  # type: ignore[empty-body]
    """Ways to prove who one is, offered on the sign-in page."""


@hookspec
def slots() -> list[declared.Slot]:  # type: ignore[empty-body]
    """Small named places in the plugin's pages that others may fill."""


@hookspec
def fillers() -> list[declared.Filler]:  # type: ignore[empty-body]
    """What the plugin puts into slots of others."""


@hookspec
def listeners() -> list[declared.Listener]:  # type: ignore[empty-body]
    """What the plugin hears: `Before(Asked)` inside the transaction, `After(Made)` when it is done."""


@hookspec
def services() -> list[declared.Service]:  # type: ignore[empty-body]
    """What the plugin offers to others under a Protocol."""


@hookspec
def settings() -> list[declared.SettingsGroup]:  # type: ignore[empty-body]
    """One frozen dataclass of typed settings: help, default, secret, for the site or an area; its page is free."""


@hookspec
def jobs() -> list[declared.Job]:  # type: ignore[empty-body]
    """Background work by name, and what comes round by the clock (`every=`)."""


@hookspec
def deeds() -> list[declared.Deed]:  # type: ignore[empty-body]
    """What the plugin writes into the audit trail, in words: one for each name that it gives to `record`."""


@hookspec
def commands() -> list[declared.Command]:  # type: ignore[empty-body]
    """What county IT does once: `lianxin plugin run <plugin> <command>`."""


@hookspec
def checks() -> list[declared.Check]:  # type: ignore[empty-body]
    """Questions that `lianxin check` asks, each with a line that says what to do."""


@hookspec
def demo() -> list[declared.DemoData]:  # type: ignore[empty-body]
    """Lifelike data for an empty demo site."""


@hookspec
def lifespan() -> list[declared.Lifespan]:  # type: ignore[empty-body]
    """What must be opened and closed with the process."""


HOOKS: dict[str, type | tuple[type, ...]] = {
    "models": type,
    "routes": declared.Route,
    "pages": declared.PageEntry,
    "permissions": declared.Permission,
    "roles": declared.Role,
    "flows": declared.Flow,
    "messages": declared.MessageKind,
    "channels": declared.Channel,
    "sign_in": declared.SignInMethod,
    "slots": declared.Slot,
    "fillers": declared.Filler,
    "listeners": (declared.Before, declared.After),
    "services": declared.Service,
    "settings": declared.SettingsGroup,
    "jobs": declared.Job,
    "deeds": declared.Deed,
    "commands": declared.Command,
    "checks": declared.Check,
    "demo": declared.DemoData,
    "lifespan": declared.Lifespan,
}
"""What each hook's list may hold."""
