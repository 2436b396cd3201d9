"""The data room: one door to two engines."""
