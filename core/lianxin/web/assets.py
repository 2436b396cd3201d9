"""Static files: found in site, theme, plugins, kernel; named by their content, so that browsers keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

_SHRINKS = (".css", ".js", ".svg", ".json", ".txt")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes, and packed where that helps."""

    media_type: str
    body: bytes
    packed: bytes | None


class Assets:
    """All static files of a site, read once at start."""

    def __init__(self, folders: Iterable[tuple[str, Path]]) -> None:
        self._files: dict[str, Asset] = {}
        self.addresses: dict[str, str] = {}
        for prefix, folder in folders:
            for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
                if path.is_file():
                    self._add(prefix + path.relative_to(folder).as_posix(), path)

    def _add(self, name: str, path: Path) -> None:
        if name in self.addresses:
            return  # found already in a folder that goes before
        body = path.read_bytes()
        digest = hashlib.sha256(body).hexdigest()[:12]
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        text = kind.startswith("text/") or kind == "image/svg+xml"
        packed = gzip.compress(body, 9, mtime=0) if path.suffix in _SHRINKS else None
        self._files[f"{digest}/{name}"] = Asset(f"{kind}; charset=utf-8" if text else kind, body, packed)
        self.addresses[name] = f"/static/{digest}/{name}"

    def address(self, name: str) -> str:
        """The hashed address of a file. Raises KeyError for one that is not there."""
        return self.addresses[name]

    async def serve(self, request: Request) -> Response:
        """The bytes; an address that was never ours is 404."""
        asset = self._files.get(request.path_params["path"])
        if asset is None:
            return Response("Not found", 404, media_type="text/plain")
        headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
        if asset.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            return Response(asset.packed, headers=headers, media_type=asset.media_type)
        return Response(asset.body, headers=headers, media_type=asset.media_type)
