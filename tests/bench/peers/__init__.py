"""The peers: other generators that make the same guides' pages, one a module."""

from __future__ import annotations

from tests.bench.peers import eleventy, hugo, material, zensical
from tests.bench.peers.peer import Peer

PEERS: tuple[Peer, ...] = (hugo.PEER, eleventy.PEER, zensical.PEER, material.PEER, material.IN_NAV)
