"""What the system does, one verb a function: who asks comes first, then the ports; no vendor, no clock.

May import ``domain`` and ``ports``; each room says which other rooms.
"""
