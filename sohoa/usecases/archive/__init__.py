"""Records in the archive: loaded, sealed, written version by version; ledger, index and queue in line.

May import no other room.
"""
