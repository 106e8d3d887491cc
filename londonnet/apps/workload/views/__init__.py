"""The pages of the Workload Management Tool."""
