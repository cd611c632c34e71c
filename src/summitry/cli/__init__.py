"""The commands: parse, call, print. Whatever takes time to import is imported by the command that needs it."""

from summitry.cli.app import main

__all__ = ["main"]
