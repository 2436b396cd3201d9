"""How an item is edited: its subjects, their forms, and what changed from one version to the next."""
