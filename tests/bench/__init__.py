"""The benchmark: realistic guides, our build and its peers from the same YAML, one table. Run `python -m tests.bench`."""
