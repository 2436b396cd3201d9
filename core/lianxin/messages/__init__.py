"""What to tell whom, and the channels that carry it."""

from lianxin.messages.choosing import choose_reach, reach_of
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
from lianxin.messages.registry import OutgoingRules, list_channels, use_channels, use_message_kinds, use_outgoing
from lianxin.messages.rules import NIGHT, Quiet, Reach
from lianxin.messages.sms import SMS, NoProvider, SmsProvider
from lianxin.messages.telling import TOLD, send_code, take_back_messages, tell

__all__ = [
    "DELIVERY_JOB",
    "NIGHT",
    "SMS",
    "TOLD",
    "MessageView",
    "NoProvider",
    "OutboxRow",
    "OutgoingRules",
    "Parameter",
    "Quiet",
    "Reach",
    "SmsProvider",
    "choose_reach",
    "deliver",
    "inbox",
    "list_channels",
    "mark_all_read",
    "mark_read",
    "outbox",
    "reach_of",
    "send_code",
    "take_back_messages",
    "tell",
    "unread_count",
    "use_channels",
    "use_message_kinds",
    "use_outgoing",
]
