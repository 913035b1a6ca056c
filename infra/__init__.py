"""The ground every room stands on: settings, clock, errors, executors, logs, database, Redis."""
