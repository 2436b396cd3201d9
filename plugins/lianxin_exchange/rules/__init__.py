"""Decisions of the plugin: pure functions, time is an argument."""
