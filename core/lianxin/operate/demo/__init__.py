"""The demo's county, its people and its staff."""
