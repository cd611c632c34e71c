"""Registers all commands with the program, in the order in which the help lists them."""

from summitry.cli import reading, keeping, asking, writing, reviewing, holders, serving, demo  # noqa: I001  # their order

__all__ = ["asking", "demo", "holders", "keeping", "reading", "reviewing", "serving", "writing"]
