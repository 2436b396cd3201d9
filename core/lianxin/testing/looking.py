"""What a plugin's tests may look at beyond the one door: rows that the kernel keeps, and what its worker does."""

from lianxin.calendar.models import CalendarDay
from lianxin.i18n import DEFAULT_ZONE
from lianxin.matters.models import Clock, MatterMessage, Rating, Step
from lianxin.matters.sweeping import sweep_clocks
from lianxin.messages.models import Message

__all__ = ["DEFAULT_ZONE", "CalendarDay", "Clock", "MatterMessage", "Message", "Rating", "Step", "sweep_clocks"]
