"""Pure value types: no I/O, no clock, no language. Each module is one kind of value."""
