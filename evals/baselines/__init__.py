"""What a suite's figures are compared with, in the same run."""
