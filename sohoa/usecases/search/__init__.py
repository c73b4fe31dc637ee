"""Questions to the archive: search, one record, where a file went; personal data masked.

May import ``archive``, ``checks``, ``digests`` and ``people``.
"""
