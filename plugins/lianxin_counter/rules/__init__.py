"""Decisions: who is next, what a number looks like, how long people waited."""
