"""Live events between processes: a table written in the unit of work and tailed by whoever has listeners.

An event says that something changed, never what is in it: topic, place and ids. Who hears it asks again for what she
may see.
"""

from lianxin.bus.forgetting import FORGET_JOB, forget_old
from lianxin.bus.models import Event
from lianxin.bus.publishing import newest_id, publish
from lianxin.bus.seen import RELOAD, EventSeen
from lianxin.bus.tail import Tail

__all__ = ["FORGET_JOB", "RELOAD", "Event", "EventSeen", "Tail", "forget_old", "newest_id", "publish"]
