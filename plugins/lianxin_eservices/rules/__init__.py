"""Decisions of the plugin: pure functions over values; person and time are arguments, never ambient."""
