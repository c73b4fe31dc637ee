"""Descriptions with what stands beside the page: manifests, registers, names that persons taught, late lists.

May import ``archive`` and ``digests``.
"""
