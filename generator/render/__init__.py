"""Catalogue → outputs. A module a channel; rendering is pure: the same catalogue gives the same bytes."""
