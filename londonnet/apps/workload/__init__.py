"""The Workload Management Tool: how much work each practitioner holds against the time they have."""
