"""Looking around a demonstration: one tap per role, and what would have been sent. No other site has these pages."""
