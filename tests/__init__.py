"""Tests: one folder a room, names are sentences about behaviour."""
