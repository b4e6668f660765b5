"""`python -m leakgate` is the `leakgate` command."""

from leakgate.cli.main import main

main()
