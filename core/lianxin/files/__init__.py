"""Uploads: checked, re-encoded, staged, kept."""

from lianxin.files.info import FileInfo, headers_for
from lianxin.files.keeping import (
    STALE_JOB,
    OpenedFile,
    discard,
    drop_stale,
    find_file,
    forget,
    give_files,
    keep,
    list_files,
    open_file,
)
from lianxin.files.kinds import MAX_BYTES
from lianxin.files.staging import stage_upload
from lianxin.files.storage import use_uploads

__all__ = [
    "MAX_BYTES",
    "STALE_JOB",
    "FileInfo",
    "OpenedFile",
    "discard",
    "drop_stale",
    "find_file",
    "forget",
    "give_files",
    "headers_for",
    "keep",
    "list_files",
    "open_file",
    "stage_upload",
    "use_uploads",
]
