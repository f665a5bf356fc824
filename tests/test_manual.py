"""docs/checks.md is what the rules say today."""

from tools.manual import PAGE, page


def test_fresh() -> None:
    assert PAGE.read_text("utf-8") == page(), "run make docs"
