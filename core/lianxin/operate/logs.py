"""Logs: one JSON line an event, without what people typed."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET_NAMES = re.compile(r"password|secret|token|code|cookie|authorization|body|id_number|phone", re.I)
_NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Takes out values of telling names, and what looks like an ID or a mobile number anywhere."""
    for key, value in event.items():
        if _SECRET_NAMES.search(key):
            event[key] = "…"
        elif isinstance(value, str):
            event[key] = _NUMBERS.sub("…", value)
    return event


def set_up_logs(level: str) -> None:
    """JSON lines on standard error; libraries that log the old way go the same way."""
    threshold = _LEVELS.get(level.lower(), 20)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    ending: list[Any] = [
        structlog.processors.format_exc_info,
        redact,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=[*shared, *ending],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        # Line and end in one piece: two processes that write to one file mix no lines, and it costs half the calls.
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        # Not kept on first use: whoever had logged before would go on in the way of then.
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            # The record itself would be written out as well, with what `redact` never saw.
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
            foreign_pre_chain=shared,
        )
    )
    logging.basicConfig(level=max(threshold, logging.WARNING), handlers=[handler], force=True)
