"""Benches of the Workload Management Tool."""
