"""The commands of `coach`, one module for each thing a person comes to do."""
