"""Who one is and what one may: credentials, sessions, grants, permissions.

Access stands beside the trail and does not know it: who calls an action here records it. Checks whose wrong tries must
stay counted (`counted_apart`) are called outside unit_of_work(); what follows a right one is a unit of its own.
"""
