"""Benchmarks: ratios against a bare view in the same run, never a verdict. `make bench` prints them."""
