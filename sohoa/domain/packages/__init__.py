"""Packages in which the holding leaves for another system (TT 05/2025/TT-BNV; BagIt, RFC 8493).

May import ``dossiers``, ``extract``, ``archive`` and ``errors``.
"""
