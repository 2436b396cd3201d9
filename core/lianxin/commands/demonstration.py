"""`lianxin demo`: a whole county to try, with invented people."""

from __future__ import annotations

import os
import shutil
import socket
import time
from pathlib import Path

import click

from lianxin.commands.making import write_site
from lianxin.commands.serving import start
from lianxin.commands.site import run, site_assembly
from lianxin.config import Config, ConfigError, load_config
from lianxin.data.migrate import migrate, pending
from lianxin.operate.demo.building import fill_demo
from lianxin.plugging.discovery import installed_names

FOLDER = Path("demo-site")
DONE = "filled"


@click.command()
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=FOLDER, show_default=True)
@click.option("--host", default=None, help="0.0.0.0 lets phones on the same network try it.")
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help="Throw the demo's data away and begin again.")
@click.option("--no-serve", is_flag=True, help="Only make it.")
def demo(folder: Path, host: str | None, port: int, fresh: bool, no_serve: bool) -> None:
    """Makes a demonstration with lifelike data if there is none yet, and serves it. Nothing real is ever in it."""
    host = host or os.environ.get("HOST") or "127.0.0.1"
    if fresh and folder.exists():
        _throw_away(folder)
    if not (folder / DONE).exists():
        _make(folder, port)
    if no_serve:
        return
    config = _reachable(_demo_config(folder), host, port)
    click.echo(f"\nLianxin 连心 is at {config.base_url}  (stop it with Ctrl-C)")
    if host != "127.0.0.1":
        click.echo("Anybody on this network can sign in as anybody: it is a demonstration.")
    start(config, f"{host}:{port}", server="granian", worker=True)


def _demo_config(folder: Path) -> Config:
    config = load_config(folder)
    if not config.demo:
        raise ConfigError(
            f"{folder} is not a demonstration. Choose another folder; a real site is never turned into one."
        )
    return config


def _throw_away(folder: Path) -> None:
    _demo_config(folder)
    shutil.rmtree(folder)


def _make(folder: Path, port: int) -> None:
    started = time.monotonic()
    if folder.exists():
        _throw_away(folder)  # a demo that was interrupted half-way
    click.echo(f"Making a demonstration in {folder} …")
    base_url = f"http://127.0.0.1:{port}"
    names = sorted(installed_names())
    write_site(folder, base_url=base_url, listen=f"127.0.0.1:{port}", database="sqlite", plugins=names, demo=True)
    config = load_config(folder)
    assembly = site_assembly(config)
    run(migrate(config, assembly.tables))
    run(fill_demo(config, assembly, report=click.echo))
    (folder / DONE).touch()
    click.echo(f"Done in {time.monotonic() - started:.0f} s.")


def _reachable(config: Config, host: str, port: int) -> Config:
    """Which names the demo answers to: this machine's own addresses too when it listens on all of them."""
    from dataclasses import replace

    run(_up_to_date(config))
    addresses = own_addresses() if host == "0.0.0.0" else [host]  # noqa: S104 - the person asked for it
    hosts = tuple(f"{address}:{port}" for address in (*addresses, "127.0.0.1", "localhost"))
    return replace(config, base_url=f"http://{addresses[0]}:{port}", hosts=hosts)


async def _up_to_date(config: Config) -> None:
    assembly = site_assembly(config, strict=False)
    if await pending(config, assembly.tables):
        await migrate(config, assembly.tables)


def own_addresses() -> list[str]:
    """The addresses of this machine on its networks; loopback when it has none. Nothing is sent."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: only asks which way it would go
            found.add(probe.getsockname()[0])
        except OSError:
            pass
    return sorted(address for address in found if not address.startswith("127.")) or ["127.0.0.1"]
