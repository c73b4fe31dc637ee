"""A person decides: the queue, a record with its doubts, values, parts, samples, withdrawal, retry.

May import ``archive``, ``evidence`` and ``search``.
"""
