"""The shape of the code: imports run one way, modules stay small, nothing is said twice."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import pytest

from tests.support.reports import EDITIONS

PACKAGE = Path(__file__).parents[1] / "xltools"
MODULES = sorted(PACKAGE.rglob("*.py"))

LEVELS = (
    "deflate disk errors severity home names text", "form", "grid", "editions", "report", "arithmetic interchange",
    "checks", "workbook", "outputs", "files libreoffice", "batch", "excel", "doctor", "cli_batch cli_check cli_excel",
    "cli", "cli_main", "__main__",
)  # fmt: skip
"""From the bottom up; what shares a line does not import one another."""


def part(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def level(name: str) -> int:
    return next(i for i, names in enumerate(LEVELS) if name in names.split())


def imports(path: Path) -> set[str]:
    """The modules of ours that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("xltools"):
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "xltools" else [node.module]
            )
            found |= set(names)
    return found - {"xltools.__version__"}


@pytest.mark.parametrize(
    "path", [m for m in MODULES if m != PACKAGE / "__init__.py"], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_imports_run_one_way(path: Path) -> None:
    me = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for module in imports(path):
        other = part(module)
        assert other == me or level(other) < level(me), f"{me} imports {module}"


def test_checks_know_no_spreadsheet() -> None:
    heavy = {"openpyxl", "xlsxwriter", "docx", "docxtpl", "pandas", "xlwings"}
    for path in MODULES:
        names = {
            (node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        if path.parent.name not in ("workbook", "outputs", "summary") and path.name != "blank.py":
            knows_xlwings = path.name == "doctor.py" or path.parent.name in ("excel", "libreoffice")
            assert not names & heavy - ({"xlwings"} if knows_xlwings else set()), path


def test_nothing_imports_the_part_of_xlwings_that_is_not_free() -> None:
    """Its modules, and what stands outside of them but needs its licence; what xlwings itself loads is its own."""
    paid = {"pro", "reports", "server"}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names: set[str] = set()
            if isinstance(node, ast.Import):
                names = {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {f"{node.module}.{alias.name}" for alias in node.names}
            parts = {name.split(".")[1] for name in names if name.startswith("xlwings.")}
            assert not parts & paid, path


def test_the_engine_knows_no_word_of_the_form() -> None:
    for path in (PACKAGE / "libreoffice").glob("*.py"):
        assert {part(module) for module in imports(path)} <= {"libreoffice", "errors"}, path


def test_modules_stay_small() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert max(lengths.values()) <= 250, max(lengths, key=lengths.__getitem__)
    assert statistics.median(lengths.values()) <= 100


def test_a_label_of_the_form_stands_in_editions_only() -> None:
    labels = {
        heading.label
        for edition in EDITIONS
        for table in edition.tables.values()
        for axis in (table.rows, table.columns)
        for top in axis
        for heading in top.walk()
    }
    long = {label for label in labels if len(label) > 4}
    long |= {section.label for edition in EDITIONS for section in edition.sections if section.label}
    for path in MODULES:
        if path.parent.name != "editions":
            strings = {n.value for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant)}
            assert not long & strings, path


def test_every_public_thing_has_a_docstring() -> None:
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(tree), path
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node) or _obvious(node), f"{path}: {node.name}"


def _obvious(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """A function of one statement says itself what it does."""
    return isinstance(node, ast.FunctionDef) and len(node.body) <= 3


def test_only_the_two_outermost_adapters_catch_everything() -> None:
    adapters = {PACKAGE / "cli_main.py", PACKAGE / "excel/entry.py"}
    for path in MODULES:
        handlers = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ExceptHandler)]
        broad = [h for h in handlers if h.type is None or (isinstance(h.type, ast.Name) and h.type.id == "Exception")]
        assert not broad or path in adapters, path


def test_no_group_is_repeated_possessively() -> None:
    """Python 3.11 before 3.11.5, Debian 12's among them, does not match such patterns as it should (gh-106052)."""
    for path in MODULES:
        found = re.search(r"\)(?:[*+?]|\{[0-9,]+\})\+", path.read_text("utf-8"))
        assert found is None, f"{path}: {found}"
