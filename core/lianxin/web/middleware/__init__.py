"""Pure-ASGI layers that every request walks through, outermost first."""
