"""The archivists' portal: a host beside the command line, for people who sign in with a browser.

Pages ask use cases in the name of whoever is signed in. Nothing here decides what a person may see: that
stands in ``domain.protection``; which right a page needs stands in ``rules``. May import ``answers``,
``domain``, ``ports``, ``settings``, ``usecases`` and ``wiring``.
"""
