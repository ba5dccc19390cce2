"""Why a cluster cannot be used; light, because every command loads it."""

from __future__ import annotations


class ClusterFault(Exception):
    """The cluster is not there, does not fit or went away; nothing was published. The message is for the person."""
