"""The worker: one process that does the jobs of all trusts."""
