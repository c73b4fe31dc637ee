"""The Vietnamese language as reading needs it: syllables, spelling, personal names, text without marks.

May import ``page``.
"""
