"""The measure of the search: everyday queries, ours and its peers in a real browser; run `python -m tests.search`."""
