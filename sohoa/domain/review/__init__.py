"""What a person looks at: the queue, values as people type them, decisions, samples of a batch.

May import ``agencies``, ``archive``, ``extract``, ``fields``, ``marks`` and ``vietnamese``.
"""
