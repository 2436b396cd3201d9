"""A person's own pages: signing in, her matters, her messages, what the site knows of her."""
