"""The benchmark: realistic guides, our build and its peers from the same YAML; run `python -m tests.bench`."""
