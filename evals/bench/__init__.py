"""Measurements of speed: ratios within one run, with the floor of the same stack beside them."""
