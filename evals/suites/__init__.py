"""One module per suite: `run(task)` reads the data, asks the house, scores."""
