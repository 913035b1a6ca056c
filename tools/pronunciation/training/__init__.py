"""Fits the judge's pack from scored speech; needs torch, which the coach itself never imports."""
