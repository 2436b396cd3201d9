"""Each plugin is asked once, alone; a wrong answer is its own fault."""

from __future__ import annotations

import pytest

from lianxin.declarations import Permission
from lianxin.plugging import hookspecs
from tests.core.plugging.conftest import Shelf

ONE_PERMISSION = """
    from lianxin.api import Permission, hookimpl

    CALLED = []

    @hookimpl
    def permissions():
        CALLED.append(1)
        return [Permission("small.thing.do", "Do the thing", ("supervisor",))]
"""


def test_what_a_plugin_hands_over_is_kept_with_its_owner(shelf: Shelf) -> None:
    shelf.write("small", ONE_PERMISSION)
    assembly = shelf.assembled()
    assert {each.owner for each in assembly.all("permissions") if each.item.name == "small.thing.do"} == {"small"}
    assert Permission("small.thing.do", "Do the thing", ("supervisor",)) in assembly.items("permissions")
    assert [part.name for part in assembly.plugins] == ["small"]


def test_the_kernel_comes_before_the_plugins(shelf: Shelf) -> None:
    shelf.write("small", ONE_PERMISSION)
    parts = shelf.assembled().parts
    assert [part.built_in for part in parts] == sorted((part.built_in for part in parts), reverse=True)
    assert parts[0].name == "lianxin"


def test_tables_are_those_of_plugins_that_have_models(shelf: Shelf) -> None:
    models = """
        from tortoise import fields
        from tortoise.models import Model

        class Thing(Model):
            id = fields.UUIDField(primary_key=True)

            class Meta:
                table = "small_thing"
    """
    plugin = """
        from lianxin.api import hookimpl
        from HERE.models import Thing

        @hookimpl
        def models():
            return [Thing]
    """
    shelf.write("small", plugin, models=models)
    shelf.write("other")
    assert shelf.assembled().tables == (("small", f"{shelf.packages['small']}.models"),)


@pytest.mark.parametrize("hook", hookspecs.HOOKS)
def test_every_hook_refuses_what_it_cannot_hold(shelf: Shelf, hook: str) -> None:
    text = f"from lianxin.api import hookimpl\n\n@hookimpl\ndef {hook}():\n    return ['a word']\n"
    folder = shelf.write("small", text)
    fault = shelf.fault()
    assert fault.file == str(folder / "plugin.py")
    assert f"hook {hook}() lists 'a word'" in fault.what
    assert fault.remedy.startswith("Each must be a ")


@pytest.mark.parametrize("hook", hookspecs.HOOKS)
def test_every_hook_that_raises_is_named_with_the_line(shelf: Shelf, hook: str) -> None:
    text = f"from lianxin.api import hookimpl\n\n@hookimpl\ndef {hook}():\n    raise LookupError('gone')\n"
    folder = shelf.write("small", text)
    fault = shelf.fault()
    assert fault.file == f"{folder / 'plugin.py'}:5"
    assert f"hook {hook}() failed: LookupError: gone" in fault.what


@pytest.mark.parametrize("answer", ["None", "{}", "'words'", "(each for each in ())", "7"])
def test_a_hook_returns_a_list(shelf: Shelf, answer: str) -> None:
    shelf.write("small", f"from lianxin.api import hookimpl\n\n@hookimpl\ndef jobs():\n    return {answer}\n")
    assert shelf.fault().remedy == "Return a list of declarations."


def test_a_hook_that_does_not_exist_is_answered_with_those_that_do(shelf: Shelf) -> None:
    shelf.write("small", "from lianxin.api import hookimpl\n\n@hookimpl\ndef premissions():\n    return []\n")
    fault = shelf.fault()
    assert "premissions" in fault.what
    assert all(hook in fault.remedy for hook in hookspecs.HOOKS)


def test_a_hook_takes_no_argument(shelf: Shelf) -> None:
    shelf.write("small", "from lianxin.api import hookimpl\n\n@hookimpl\ndef jobs(site):\n    return []\n")
    assert "site" in shelf.fault().what


def test_a_function_without_the_mark_is_no_hook(shelf: Shelf) -> None:
    shelf.write("small", "def permissions():\n    raise RuntimeError('nobody calls this')\n")
    assert shelf.assembled().plugins[0].declared["permissions"] == []


def test_every_hook_says_what_it_is_for() -> None:
    for hook in hookspecs.HOOKS:
        assert (getattr(hookspecs, hook).__doc__ or "").strip(), hook
