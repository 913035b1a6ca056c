"""Pure scorers: rows in, figures out."""
