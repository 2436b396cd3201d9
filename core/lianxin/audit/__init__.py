"""Who did what, and who read whose data: rows that are only added, under seals that show any change."""

from lianxin.audit.jobs import SEAL_JOB
from lianxin.audit.reading_log import ReadingShown, name_fields, readings_of
from lianxin.audit.recording import Doer, record
from lianxin.audit.sealing import MARGIN, seal, verify
from lianxin.audit.trail import DeedShown, list_deeds

__all__ = [
    "MARGIN",
    "SEAL_JOB",
    "DeedShown",
    "Doer",
    "ReadingShown",
    "list_deeds",
    "name_fields",
    "readings_of",
    "record",
    "seal",
    "verify",
]
