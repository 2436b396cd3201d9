"""Everything a plugin can hand over: typed, frozen, readable without a running site.

A plugin speaks to the kernel once, at start-up, by returning lists of these. The kernel checks them all, remembers
whose each is, and from then on runs plain objects.
"""

from lianxin.declarations.access import APPLICANT, PUBLIC, SIGNED_IN, SYSTEM, Access, Permission, Role
from lianxin.declarations.flows import (
    Asked,
    Clocks,
    Detail,
    Flow,
    Limit,
    Pause,
    Restart,
    Resume,
    Start,
    State,
    StateKind,
    Stop,
    TaskKind,
    Transition,
)
from lianxin.declarations.manifest import Manifest
from lianxin.declarations.meeting import After, Before, Filler, Listener, Service, Slot
from lianxin.declarations.operation import Check, Command, Deed, DemoData, Job, Lifespan, PersonalData, Verdict
from lianxin.declarations.reach import Channel, MessageKind, SignInMethod
from lianxin.declarations.refusal import Refused
from lianxin.declarations.routes import Loader, PageEntry, Route, action, api, feed, page, stream
from lianxin.declarations.settings import Scope, SettingsGroup, setting

__all__ = [
    "APPLICANT",
    "PUBLIC",
    "SIGNED_IN",
    "SYSTEM",
    "Access",
    "After",
    "Asked",
    "Before",
    "Channel",
    "Check",
    "Clocks",
    "Command",
    "Deed",
    "DemoData",
    "Detail",
    "Filler",
    "Flow",
    "Job",
    "Lifespan",
    "Limit",
    "Listener",
    "Loader",
    "Manifest",
    "MessageKind",
    "PageEntry",
    "Pause",
    "Permission",
    "PersonalData",
    "Refused",
    "Restart",
    "Resume",
    "Role",
    "Route",
    "Scope",
    "Service",
    "SettingsGroup",
    "SignInMethod",
    "Slot",
    "Start",
    "State",
    "StateKind",
    "Stop",
    "TaskKind",
    "Transition",
    "Verdict",
    "action",
    "api",
    "feed",
    "page",
    "setting",
    "stream",
]
