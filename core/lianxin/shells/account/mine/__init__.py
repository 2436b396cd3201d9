"""What is a person's own: matters, messages, data, sessions."""
