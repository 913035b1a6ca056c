"""Drills: the coach under kills, stalls and lost connections."""
