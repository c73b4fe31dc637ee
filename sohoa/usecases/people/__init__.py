"""People who sign in: sessions and passwords, accounts, and what they did.

May import no other room.
"""
