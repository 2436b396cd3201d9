"""Files of a form, taken in."""

from __future__ import annotations

from typing import Any

from lianxin.api import FileInfo, Visit, stage_upload


async def stage(visit: Visit, upload: Any, field: str) -> FileInfo:
    """One file of a form, checked and drawn anew."""

    async def pieces() -> Any:
        while piece := await upload.read(65_536):
            yield piece

    return await stage_upload(pieces(), upload.filename, visit.actor.person_id, visit.now, field=field)
