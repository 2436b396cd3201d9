"""`lianxin serve` and `lianxin worker`."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import click
from starlette.applications import Starlette

from lianxin.commands.site import run, site_assembly, site_config
from lianxin.config import Config
from lianxin.data.migrate import migrate, pending
from lianxin.operate.logs import set_up_logs

OPEN_CONNECTIONS = 4096
"""Each open live page holds one. The embedded server's own limit is 128, and beyond it nobody is let in any more."""


@click.command()
@click.option("--listen", default=None, help="Address and port; from lianxin.toml if left out.")
@click.option("--server", type=click.Choice(["granian", "uvicorn"]), default="granian", show_default=True)
@click.option("--no-worker", is_flag=True, help="Leave background jobs to `lianxin worker`.")
def serve(listen: str | None, server: str, no_worker: bool) -> None:
    """Serves the site; background jobs run in the same process unless --no-worker says otherwise."""
    config = site_config()
    run(_ready(config))
    start(config, listen or config.listen, server=server, worker=not no_worker)


async def _ready(config: Config) -> None:
    assembly = site_assembly(config, strict=False)
    waiting = await pending(config, assembly.tables)
    if waiting:
        click.echo(f"Bringing the database up to date: {', '.join(waiting)}")
        await migrate(config, assembly.tables, report=click.echo)


def start(config: Config, listen: str, *, server: str, worker: bool) -> None:
    """Runs the server until it is told to stop."""
    host, _, port = listen.rpartition(":")
    set_up_logs(config.log_level)
    from lianxin.app import build_app

    app = build_app(config, worker=worker)
    _leave_alone_what_stays()
    faults = _keep_faults(app)
    try:
        if server == "uvicorn":
            _serve_uvicorn(app, host, int(port))
        else:
            serve_granian(app, host, int(port))
    except (Exception, SystemExit):
        # A server only says that the site did not open; why it did not is what the operator needs.
        if faults:
            raise faults[0] from None
        raise


def _leave_alone_what_stays() -> None:
    """What was imported and declared lives as long as the process: looking for rubbish in it held up pages for nothing.

    The young are looked through after more of them than Python would wait for: a page makes some thousands.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _keep_faults(app: Starlette) -> list[Exception]:
    """Where a fault at the opening of the site will be found."""
    faults: list[Exception] = []
    open_it = app.router.lifespan_context

    @asynccontextmanager
    async def life(of: Starlette) -> AsyncIterator[Any]:
        async with AsyncExitStack() as stack:
            try:
                state = await stack.enter_async_context(open_it(of))
            except Exception as fault:
                faults.append(fault)
                raise
            yield state

    app.router.lifespan_context = life
    return faults


def _serve_uvicorn(app: Starlette, host: str, port: int) -> None:
    import uvicorn

    uvicorn.run(app, host=host, port=port, log_config=None, proxy_headers=False)


def serve_granian(app: Starlette, host: str, port: int) -> None:
    """One granian worker in this process, so that a signal ends all of it."""
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.server.embed import Server

    granian = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        log_enabled=False,
        backlog=1024,
        backpressure=OPEN_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
    )

    def stop() -> None:
        app.state.site.stopping.set()  # open streams end first: the server waits for every answer that has begun
        granian.stop()  # type: ignore[no-untyped-call]

    async def serving() -> None:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop)
        await granian.serve()

    asyncio.run(serving())


@click.command()
def worker() -> None:
    """Runs background jobs: messages, clocks, seals. Start as many as you like."""
    config = site_config()
    set_up_logs(config.log_level)
    run(_work(config))


async def _work(config: Config) -> None:
    from lianxin.operate.lifetime import open_site

    stop = asyncio.Event()
    loop: Any = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with open_site(config, site_assembly(config, strict=False), worker=True):
        await stop.wait()
