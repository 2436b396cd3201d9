"""What is done: one unit of work each."""
