"""What to tell whom, and the channels that carry it."""

from lianxin.messages.delivering import DELIVERY_JOB, deliver
from lianxin.messages.parameters import Parameter
from lianxin.messages.queries import (
    MessageView,
    OutboxRow,
    inbox,
    mark_all_read,
    mark_read,
    outbox,
    unread_count,
)
from lianxin.messages.registry import OutgoingRules, use_channels, use_message_kinds, use_outgoing
from lianxin.messages.sms import SMS, DemoSms, NoProvider, SmsProvider
from lianxin.messages.telling import TOLD, send_code, tell

__all__ = [
    "DELIVERY_JOB",
    "SMS",
    "TOLD",
    "DemoSms",
    "MessageView",
    "NoProvider",
    "OutboxRow",
    "OutgoingRules",
    "Parameter",
    "SmsProvider",
    "deliver",
    "inbox",
    "mark_all_read",
    "mark_read",
    "outbox",
    "send_code",
    "tell",
    "unread_count",
    "use_channels",
    "use_message_kinds",
    "use_outgoing",
]
