"""Many payments at once, with everything going wrong: what `make bench BENCH=payments` and tests/faults share."""
