"""`python -m tests.bench.county.counting FOLDER < tokens.json`: how many queries each page asks.

In a process of its own, since an engine is chosen once a process.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import httpx2

from lianxin.app import build_app
from lianxin.config import load_config
from lianxin.testing.queries import count_queries
from tests.bench.county.pages import PAGES

BASE = "http://127.0.0.1:8000"


async def counts(folder: Path, tokens: dict[str, str]) -> dict[str, int]:
    """Queries of the second visit: the first reads what never changes."""
    app = build_app(load_config(folder, {}), strict=True)
    found: dict[str, int] = {}
    async with app.router.lifespan_context(app):
        for page in PAGES:
            transport = httpx2.ASGITransport(app=app)
            async with httpx2.AsyncClient(transport=transport, base_url=BASE) as client:
                if page.who:
                    client.cookies.set(app.state.site.cookie("session"), tokens[page.who], domain="127.0.0.1", path="/")
                for path in (page.paths[0], page.paths[-1]):
                    await asyncio.sleep(1.1)  # what was read a second ago would spare a query
                    with count_queries() as seen:
                        answer = await client.get(path)
                    if answer.status_code != 200:
                        raise SystemExit(f"{path} answered {answer.status_code}: {answer.text[:500]}")
            found[page.what] = len(seen)
    return found


if __name__ == "__main__":
    print(json.dumps(asyncio.run(counts(Path(sys.argv[1]), json.load(sys.stdin)))))
