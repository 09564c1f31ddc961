"""Benchmarks: our answers beside those of others, asked in turn in one run."""
