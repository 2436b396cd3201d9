"""Who did what, and who read whose data: rows that are only added, under seals that show any change."""

from lianxin.audit.reading_log import ReadingShown, ReadingsPage, name_fields, readings_of
from lianxin.audit.recording import Doer, record
from lianxin.audit.sealing import MARGIN, seal, verify
from lianxin.audit.trail import DeedShown, DeedsPage, list_deeds

__all__ = [
    "MARGIN",
    "DeedShown",
    "DeedsPage",
    "Doer",
    "ReadingShown",
    "ReadingsPage",
    "list_deeds",
    "name_fields",
    "readings_of",
    "record",
    "seal",
    "verify",
]
