"""``python -m xltools``."""

from xltools.cli import main

main()
