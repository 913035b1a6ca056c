"""Tests of the learners room; every contract runs on SQLite and on MariaDB."""
