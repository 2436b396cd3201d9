"""Who did what, in order, sealed."""
