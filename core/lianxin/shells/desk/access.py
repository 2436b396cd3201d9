"""What may be allowed at the desk, and who holds it from the start."""

from __future__ import annotations

from lianxin.api import N_, Permission

QUEUE = "desk.queue.read"
PEOPLE = "desk.people.read"
CHANGE = "desk.people.change"
REVEAL = "desk.people.reveal"

HANDLERS = ("station_staff", "department_officer", "township_officer")

PERMISSIONS = (
    Permission(QUEUE, N_("See the desk and its queues"), ("grid_worker", *HANDLERS, "supervisor")),
    Permission(PEOPLE, N_("Find people at the desk"), HANDLERS),
    Permission(CHANGE, N_("Enter people, join entries, print sign-in slips"), ("station_staff",)),
    Permission(REVEAL, N_("Read an ID number or telephone in full, with a reason"), HANDLERS),
)
