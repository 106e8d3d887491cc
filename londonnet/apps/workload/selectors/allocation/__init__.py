"""Reads of allocation: cases that wait, who could get them, and what was moved. One query each."""
