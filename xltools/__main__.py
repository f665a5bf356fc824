"""``xltools`` and ``python -m xltools``; loads nothing, since the processes that a batch starts load it too."""


def main() -> None:
    """Run a command and leave with its exit code."""
    import gc

    gc.set_threshold(1_000_000)  # before all else is loaded: a command ends before looking for cycles is worth it
    from xltools import cli_main

    cli_main.main()


if __name__ == "__main__":
    main()
