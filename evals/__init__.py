"""Evaluation suites, their runner and the small sets written here."""
