"""Registers all commands with the program, in the order in which the help lists them."""

from summitry.cli import reading, keeping, asking, writing, reviewing, holders, serving, accounts, demo  # noqa: I001  # their order

__all__ = ["accounts", "asking", "demo", "holders", "keeping", "reading", "reviewing", "serving", "writing"]
