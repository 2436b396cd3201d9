"""What stands in the way of a command, as a sentence and exit code 2 instead of a trace."""

from __future__ import annotations

from typing import Any

import click

from lianxin.config import ConfigError
from lianxin.data.keys import KeysError
from lianxin.data.migrate import MigrationError
from lianxin.operate.checks import is_silence
from lianxin.plugging.faults import PluginFaults


class SiteFault(click.ClickException):
    """The configuration, the keys, the plugins or the database are not right."""

    exit_code = 2


class Sentences(click.Group):
    """A group whose commands tell faults of the site in words."""

    def invoke(self, context: click.Context) -> Any:
        """Runs the command. Faults of the program itself keep their traces."""
        try:
            return super().invoke(context)
        except (ConfigError, KeysError, MigrationError, PluginFaults) as fault:
            raise SiteFault(str(fault)) from fault
        except Exception as fault:
            if not is_silence(fault):
                raise
            text = f"The database does not answer: {fault}. See `database` in lianxin.toml, and whether it runs."
            raise SiteFault(text) from fault
