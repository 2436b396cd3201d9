"""For whoever watches the machine: is the process there, is the site ready."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from lianxin.data.connection import connection
from lianxin.web.site import Site


def health_routes(site: Site) -> list[BaseRoute]:
    """`/healthz`: the process answers. `/readyz`: the database does too, and no plugin is set aside."""

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})

    async def readyz(request: Request) -> Response:
        faults = [fault.plugin for fault in site.assembly.faults]
        try:
            await connection().execute_query("SELECT 1")
        except Exception as fault:
            return JSONResponse({"status": "no database", "fault": type(fault).__name__}, 503)
        return JSONResponse({"status": "ok" if not faults else "degraded", "set_aside": faults})

    return [Route("/healthz", healthz), Route("/readyz", readyz)]
