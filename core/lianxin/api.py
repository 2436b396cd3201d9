"""The one door for plugins: names that they may import. Re-exports only."""

from lianxin.access.actor import Actor
from lianxin.data.unit import current_unit, unit_of_work
from lianxin.declarations import *  # noqa: F403
from lianxin.plugging.hookspecs import hookimpl
from lianxin.web.answers import See, Shown, Topics
from lianxin.web.fields import CodeText, IdNumberText, Input, NameText, PhoneText, Wrong
from lianxin.web.forms import FormView
from lianxin.web.visit import Visit
