"""A process that migrates, for tests that start several of them or kill one.

Its argument is JSON: folder, database, path (where packages are), plugins, and `kill_at`: before which line of the
report it kills itself without warning. What it applied is printed as JSON, with what it heard.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from lianxin.config import Config
from lianxin.data.migrate import migrate


def main() -> None:
    """Migrates once."""
    asked = json.loads(sys.argv[1])
    sys.path.insert(0, asked["path"])
    heard: list[str] = []

    def hear(line: str) -> None:
        if len(heard) == asked.get("kill_at"):
            os.kill(os.getpid(), signal.SIGKILL)
        heard.append(line)

    config = Config(folder=Path(asked["folder"]), database=asked["database"])
    plugins = [(label, module) for label, module in asked["plugins"]]
    done = asyncio.run(migrate(config, plugins, report=hear))
    sys.stdout.write(json.dumps({"done": done, "heard": heard}))


main()
