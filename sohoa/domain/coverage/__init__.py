"""Coverage: how much of the paper that agencies hold is digitized, against the targets of law and province.

May import ``agencies``, ``inbox``, ``local_time`` and ``tables``.
"""
