"""One module or package for each thing outside; its errors are translated here and stop here.

Adapters import ports and domain, never each other; ``wiring`` alone constructs them.
"""
