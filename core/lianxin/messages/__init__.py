"""What to tell whom, and the channels that carry it."""
