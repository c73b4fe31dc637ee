"""What lies in the inbox: keys, folder documents, and the state that each object is in.

May import ``archive``.
"""
