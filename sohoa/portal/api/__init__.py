"""The API of the portal, ``/api/v1``: the archive for programs that show a token, in JSON.

The same use cases, rules and records as the pages; errors are ``application/problem+json`` (RFC 9457).
"""
