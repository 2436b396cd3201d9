"""Handing out a file: to who may see the matter that it belongs to, and to who sent it."""

from __future__ import annotations

from uuid import UUID

from starlette.responses import Response, StreamingResponse

from lianxin.api import (
    N_,
    FileInfo,
    Loader,
    MatterRow,
    Refused,
    Visit,
    all_flows,
    find_file,
    headers_for,
    matters_of_file,
    open_file,
    visible_matters,
)


def _none() -> Refused:
    return Refused("files.none", N_("This file is not there, or you may not see it."), status=404)


async def _load(visit: Visit, text: str) -> FileInfo:
    try:
        file_id = UUID(text)
    except ValueError as wrong:
        raise _none() from wrong
    info = await find_file(file_id)
    if info is None or not (_is_hers(visit, info) or await _is_in_sight(visit, info)):
        raise _none()
    return info


def _is_hers(visit: Visit, info: FileInfo) -> bool:
    return info.owner_id in visit.actor.person_ids


async def _is_in_sight(visit: Visit, info: FileInfo) -> bool:
    ids = await matters_of_file(info.id)
    return bool(ids) and await MatterRow.filter(visible_matters(visit.actor, all_flows()), id__in=ids).exists()


FILE = Loader(_load)


async def send_file(visit: Visit, file: FileInfo) -> Response:
    """The bytes; that somebody else than the owner looked is written down first."""
    opened = await open_file(
        file.id, by=visit.actor.person_id, purpose="matter", now=visit.now, request_id=visit.request_id
    )
    if opened is None:
        raise _none()
    download = visit.query("download", longest=1) == "1"
    return StreamingResponse(opened.pieces, headers=headers_for(opened.info, download=download))
