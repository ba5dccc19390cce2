"""Inspection rehearsal: the national indicators for government websites, run over a built site as inspectors do."""
