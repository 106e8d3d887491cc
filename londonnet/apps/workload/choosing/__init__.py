"""Choosing who gets cases: what is on offer, and what a choice does to everybody; for pages, programs and commands."""
