"""Pages of allocation: cases that nobody has, choosing who gets them, and what was moved."""
