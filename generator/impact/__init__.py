"""What an edit touches: the facts that differ from a commit, and every output that shows one of them.

Both catalogues are rendered in memory and their outputs compared, so that the answer is what a build would give and
not what somebody thought it depends on.
"""
