"""The kernel's pages. Each shell is laid out as a plugin's house and imports only lianxin.api."""
