"""From read pages to the fields of the regulations, each with evidence and a probability.

May import ``agencies``, ``archive``, ``errors``, ``fields``, ``local_time``, ``marks`` and ``vietnamese``.
"""
