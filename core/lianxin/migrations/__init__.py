"""The migrations of the kernel's tables, in order; written by `lianxin makemigrations lianxin`."""
