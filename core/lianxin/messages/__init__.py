"""What to tell whom, and the channels that carry it."""

from __future__ import annotations

import importlib
from typing import Any

_WHERE = {
    "delivering": ("DELIVERY_JOB", "deliver"),
    "parameters": ("Parameter",),
    "queries": ("MessageView", "OutboxRow", "inbox", "mark_all_read", "mark_read", "outbox", "unread_count"),
    "registry": ("OutgoingRules", "use_channels", "use_message_kinds", "use_outgoing"),
    "sms": ("SMS", "DemoSms", "NoProvider", "SmsProvider"),
    "telling": ("TOLD", "send_code", "tell"),
}


def __getattr__(name: str) -> Any:
    for module, names in _WHERE.items():
        if name in names:
            return getattr(importlib.import_module(f"lianxin.messages.{module}"), name)
    raise AttributeError(name)
