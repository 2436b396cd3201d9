"""A server of its own for the tests of slow peers: `python -m tests.faults.web_server FOLDER DATABASE PORT SERVER`."""

import sys
from pathlib import Path

from lianxin.commands.serving import start
from lianxin.config import Config


def main(folder: str, database: str, port: str, server: str) -> None:
    """Serves an existing site until it is told to stop, as `lianxin serve` does."""
    listen = f"127.0.0.1:{port}"
    config = Config(folder=Path(folder), database=database, base_url=f"http://{listen}", log_level="warning")
    start(config, listen, server=server, worker=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
