"""Serves the raw or the bare site as the product is served.

`python -m tests.bench.serving raw|bare SERVER PORT FOLDER`.
"""

import asyncio
import logging
import signal
import sys
from pathlib import Path
from typing import Any


def _app(kind: str, folder: Path) -> Any:
    if kind == "bare":
        from tests.bench.bare_site import app

        return app
    from tests.bench.raw_site import raw_app

    return raw_app(folder)


def main(kind: str, server: str, port: int, folder: Path) -> None:
    """Until it is told to stop."""
    app = _app(kind, folder)
    if server == "uvicorn":
        import uvicorn

        uvicorn.run(app, host="127.0.0.1", port=port, log_config=None, proxy_headers=False)
        return
    from granian.constants import Interfaces
    from granian.server.embed import Server

    granian = Server(
        app,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        log_enabled=False,
        backlog=1024,
        backpressure=4096,
    )

    async def serve() -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, granian.stop)
        await granian.serve()

    asyncio.run(serve())


if __name__ == "__main__":
    logging.disable(logging.INFO)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
