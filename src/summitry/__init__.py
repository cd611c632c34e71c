"""Summitry keeps the record of who met whom."""

__version__ = "0.1.0"
