"""What others say of a document: the scanning shop's manifest, document registers, evidence that comes late.

May import ``archive``, ``extract``, ``fields``, ``inbox``, ``review``, ``tables`` and ``vietnamese``.
"""
