"""What children tell about themselves: rules from a sentence to facts."""
