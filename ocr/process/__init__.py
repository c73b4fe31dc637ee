"""Worker processes that read files under limits of time and memory, and the messages to them.

May import ``errors``; it runs any function by name and knows none of them.
"""
