"""The front door: home, remembered choices, one's community, what codes lead to."""
