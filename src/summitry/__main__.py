"""`python -m summitry` is the same as `summitry`."""

from summitry.cli import main

main()
