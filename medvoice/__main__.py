"""`python -m medvoice`."""

from medvoice.cli.main import main

main()
