"""What shows only when all are seen together, each laid to the plugin that came later."""

from __future__ import annotations

import pytest

from lianxin.plugging.checking import RESERVED
from tests.core.plugging.conftest import Shelf

HEAD = """
from lianxin.api import PUBLIC, SIGNED_IN, PageEntry, Permission, Job, Loader, MessageKind, action, hookimpl, page
from dataclasses import dataclass
from lianxin.declarations import After, Channel, Flow, SettingsGroup, State, StateKind, Transition, setting

async def run(visit):
    return None

async def load(visit, text):
    return text

@dataclass(frozen=True)
class Kept:
    words: str = setting("", help="Words")

@dataclass(frozen=True)
class Odd:
    words: bytes = setting(b"", help="Words")

class Loud:
    pass

"""


def hooks(**returned: str) -> str:
    parts = [f"@hookimpl\ndef {hook}():\n    return [{items}]\n" for hook, items in returned.items()]
    return HEAD + "\n".join(parts)


def flow(name: str, read: str, access: str, more: str = "") -> str:
    return (
        f'Flow("{name}", 1, "F", "list", first="a", read="{read}", claim="{read}", owner_role="station_staff", '
        'states=(State("a", "A", StateKind.OFFICE, "…"), State("b", "B", StateKind.CLOSED, "…")), '
        f'transitions=(Transition("go", "Go", source=("a",), target="b", access={access}),){more})'
    )


P = 'Permission("small.thing.do", "Do it", ())'
FAULTS = {
    "an address twice": (
        hooks(
            routes='page("/x", name="a", access=PUBLIC, handler=run), page("/x", name="b", access=PUBLIC, handler=run)'
        ),
        "the address 'GET /small/x' is there already, by itself",
    ),
    "a route name twice": (
        hooks(
            routes='page("/x", name="a", access=PUBLIC, handler=run), page("/y", name="a", access=PUBLIC, handler=run)'
        ),
        "the route name 'small:a' is there already",
    ),
    "an access that is nothing": (
        hooks(routes='page("/x", name="a", access=None, handler=run)'),
        "says access=None",
    ),
    "an access that nobody declares": (
        hooks(routes='page("/x", name="a", access="small.thing.undeclared", handler=run)'),
        "asks for the permission 'small.thing.undeclared', which nobody declares",
    ),
    "a place without a loader": (
        hooks(routes='page("/x/{code}", name="a", access=PUBLIC, handler=run)'),
        "has the parameters ['code'] and loaders for []",
    ),
    "a loader without a place": (
        hooks(routes='page("/x", name="a", access=PUBLIC, handler=run, loads={"code": Loader(load)})'),
        "has the parameters [] and loaders for ['code']",
    ),
    "a way back that is no page": (
        hooks(routes='action("/x", name="a", access=PUBLIC, handler=run, again="nowhere")'),
        "goes back to 'nowhere', which is no page of its own",
    ),
    "a permission twice": (hooks(permissions=f"{P}, {P}"), "the permission 'small.thing.do' is there already"),
    "a job twice": (hooks(jobs='Job("small.j", run), Job("small.j", run)'), "the job 'small.j' is there"),
    "a message twice": (
        hooks(messages='MessageKind("small.m", "t", "b"), MessageKind("small.m", "t", "b")'),
        "the message 'small.m' is there already",
    ),
    "a name without the prefix": (
        hooks(permissions='Permission("other.thing.do", "Do it", ())'),
        "'other.thing.do' in permissions() does not begin with small.",
    ),
    "a flow that reads by nothing": (
        hooks(flows=flow("small.f", "small.f.read", "SIGNED_IN")),
        "asks for the permission 'small.f.read', which nobody declares",
    ),
    "a step that nobody may make": (
        hooks(permissions=P, flows=flow("small.f", "small.thing.do", '"small.f.go"')),
        "asks for the permission 'small.f.go', which nobody declares",
    ),
    "a flow that can't work": (
        hooks(permissions=P, flows=flow("small.f", "small.thing.do", "SIGNED_IN", ', overdue={"c": "go"}')),
        "its flow small.f: when the clock 'c' runs out it makes 'go', which is no transition of the system",
    ),
    "a schedule that no clock reads": (hooks(jobs='Job("small.j", run, every="daily")'), "1 fields instead of 5"),
    "settings in two groups": (
        hooks(settings='SettingsGroup("One", Kept), SettingsGroup("Two", Kept)'),
        "settings() lists 2 groups",
    ),
    "a setting that can't be kept": (
        hooks(settings='SettingsGroup("One", Odd)'),
        "a setting can't be of the type <class 'bytes'>",
    ),
    "an event that can't wait": (
        hooks(listeners="After(Loud, run, durable=True)"),
        "hears Loud, which can't be kept as JSON",
    ),
    "an entry that leads nowhere": (
        hooks(pages='PageEntry("portal", "small:gone", "Gone", "list")'),
        "names the route 'small:gone', which nobody declares",
    ),
}


@pytest.mark.parametrize(("plugin", "told"), FAULTS.values(), ids=FAULTS)
def test_each_clash_is_told_with_plugin_file_and_remedy(shelf: Shelf, plugin: str, told: str) -> None:
    folder = shelf.write("small", plugin)
    fault = shelf.fault()
    assert (fault.plugin, fault.file) == ("small", str(folder / "plugin.py"))
    assert told in fault.what
    assert fault.remedy


def test_what_is_right_is_let_through(shelf: Shelf) -> None:
    shelf.write(
        "small",
        hooks(
            permissions=P,
            flows=flow("small.f", "small.thing.do", '"small.thing.do"'),
            routes='page("/x/{code}", name="a", access="small.thing.do", handler=run, loads={"code": Loader(load)}), '
            'action("/x/{code}", name="b", access=SIGNED_IN, handler=run, loads={"code": Loader(load)}, again="a")',
            pages='PageEntry("portal", "small:a", "A", "list")',
            jobs='Job("small.j", run)',
            messages='MessageKind("small.m", "t", "b")',
        ),
    )
    assert shelf.assembled().faults == ()


def test_a_clash_is_laid_to_who_came_later(shelf: Shelf) -> None:
    channel = 'Channel("pigeon", "Pigeon", run, run)'
    shelf.write("first", hooks(channels=channel))
    shelf.write("later", hooks(channels=channel), manifest=', after=("first",)')
    assert "plugin 'first'" in shelf.fault("later", "first").what
    assert [part.name for part in shelf.assembled("later", "first", strict=False).plugins] == ["first"]


def test_a_plugin_that_takes_what_the_kernel_has_loses(shelf: Shelf) -> None:
    shelf.write("small", hooks(channels='Channel("sms", "SMS", run, run)'))
    assert "the channel 'sms' is there already, by plugin 'lianxin'" in shelf.fault().what


@pytest.mark.parametrize("name", sorted((RESERVED | {"lianxin", "portal"}) - {"sign-in", "sign-out"}))
def test_addresses_of_the_kernel_are_nobodys_name(shelf: Shelf, name: str) -> None:
    shelf.write(name)
    faults = shelf.faults(name)
    assert "is an address of the kernel" in faults[name].what


def test_a_permission_of_somebody_else_may_be_asked_for(shelf: Shelf) -> None:
    shelf.write("ground", hooks(permissions='Permission("ground.thing.do", "Do it", ())'))
    uses = hooks(routes='page("/x", name="a", access="ground.thing.do", handler=run)')
    shelf.write("roof", uses, manifest=', requires=("ground",)')
    assert shelf.assembled().faults == ()
