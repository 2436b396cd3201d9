"""Opening a site for as long as it is needed: database, vault, registries, and its jobs where asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from lianxin.access.rights import Rights, use_rights
from lianxin.config import Config, ConfigError
from lianxin.data.connection import open_database
from lianxin.data.keys import load_keys
from lianxin.data.vault import Vault, use_vault
from lianxin.data.worker import Worker
from lianxin.directory.areas import area_ladder
from lianxin.events import use_listeners
from lianxin.files import use_uploads
from lianxin.i18n import Catalogues, install
from lianxin.matters.flow import apply_renames, unknown_states, use_flows
from lianxin.messages import OutgoingRules, use_channels, use_message_kinds, use_outgoing
from lianxin.operate.kind import check_kind
from lianxin.plugging.assembly import Assembly
from lianxin.services import use_services
from lianxin.settings import use_settings
from lianxin.slots import use_fillers
from lianxin.web.site import system_clock


def use_declarations(config: Config, assembly: Assembly, clock: Callable[[], datetime] = system_clock) -> None:
    """Hands each room what was declared for it. From here on plain objects run."""
    # Not only for pages: a worker's messages are texts of plugins too.
    install(Catalogues(part.folder / "locale" for part in assembly.plugins))
    use_rights(Rights(assembly.items("roles"), assembly.items("permissions")))
    use_flows(assembly.items("flows"))
    use_listeners((owned.owner, owned.item) for owned in assembly.all("listeners"))
    use_services((owned.owner, owned.item) for owned in assembly.all("services"))
    use_fillers((owned.owner, owned.item) for owned in assembly.all("fillers"))
    use_channels((owned.owner, owned.item) for owned in assembly.all("channels"))
    use_message_kinds((owned.owner, owned.item) for owned in assembly.all("messages"))
    base_url, zone = config.base_url.rstrip("/"), ZoneInfo(config.zone)
    use_outgoing(OutgoingRules(base_url=base_url, demo=config.demo, clock=clock, zone=zone))
    use_settings({owned.owner: owned.item for owned in assembly.all("settings")}, ladder=area_ladder)
    use_uploads(config.uploads)


def make_worker(config: Config, assembly: Assembly, clock: Callable[[], datetime] = system_clock) -> Worker:
    """The worker of this plugin set."""
    return Worker({job.name: job for job in assembly.items("jobs")}, clock, zone=ZoneInfo(config.zone))


@asynccontextmanager
async def open_site(
    config: Config,
    assembly: Assembly,
    *,
    everywhere: bool = False,
    worker: bool = False,
    clock: Callable[[], datetime] = system_clock,
) -> AsyncIterator[None]:
    """The site, open. `everywhere` is for servers, whose requests run in tasks that were not started here."""
    use_vault(Vault(load_keys(config.keys_file)))
    use_declarations(config, assembly, clock)
    async with open_database(config, assembly.tables, everywhere=everywhere):
        await check_kind(config)
        if everywhere:
            await _check_states()
        if not worker:
            yield
            return
        stop = asyncio.Event()
        working = asyncio.create_task(make_worker(config, assembly, clock).run_forever(stop), name="worker")
        try:
            yield
        finally:
            stop.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(10):
                    await asyncio.wait({working})
            working.cancel()


async def _check_states() -> None:
    """Renames what a newer flow calls otherwise. Raises ConfigError when rows stand in states that nobody knows."""
    await apply_renames()
    faults = await unknown_states()
    if faults:
        raise ConfigError(
            "\n".join([*faults, "Install the version of the plugin that knows them, or list them in renamed=."])
        )
