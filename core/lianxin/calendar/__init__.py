"""Working days: the county's calendar, and the deadlines that follow from it."""
