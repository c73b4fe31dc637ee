"""The shapes of answers in JSON, the same for every host: command line, portal, DAG; no printing, no asking.

May import ``usecases``, ``ports`` and ``domain``. Each answer's JSON Schema stands in ``schemas``.
"""
