"""What a plugin's tests may look at beyond the one door: rows that the kernel keeps, and what its worker does."""

from lianxin.calendar.models import CalendarDay
from lianxin.data.models import Job
from lianxin.i18n import DEFAULT_ZONE
from lianxin.matters.models import Clock, MatterMessage, Rating, Step
from lianxin.matters.sweeping import sweep_clocks
from lianxin.messages import deliver, use_message_kinds
from lianxin.messages.models import Delivery, Message

__all__ = [
    "DEFAULT_ZONE",
    "CalendarDay",
    "Clock",
    "Delivery",
    "Job",
    "MatterMessage",
    "Message",
    "Rating",
    "Step",
    "deliver",
    "sweep_clocks",
    "use_message_kinds",
]
