"""The API: every application's operations for programs, under one set of rules."""
