"""Put together the folder for a Windows PC without network and without administrator's rights.

python tools/bundle.py [folder]    downloads wheels for win_amd64; nothing of Windows runs here.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "dist/年报工具"
PYTHON = "3.12"
WINDOWS_ONLY = ("pywin32", "colorama")
"""What pip leaves out because it judges by the computer on which it runs."""
MANUALS = {"clerk": "填报人手册", "office": "收件单位手册"}
TARGET = ("--platform", "win_amd64", "--python-version", PYTHON, "--only-binary=:all:")


def launchers(folder: Path) -> None:
    """Copy everything that is not Python: launchers, templates, manuals, first steps."""
    shutil.copytree(ROOT / "launchers/windows", folder)
    shutil.copytree(ROOT / "templates", folder / "模板")
    steps = folder / "先读我.txt"
    steps.write_bytes(steps.read_text("utf-8").replace("\n", "\r\n").encode("utf-8-sig"))
    (folder / "python").mkdir()
    manuals(folder / "手册")


def manuals(folder: Path) -> None:
    """The manuals as pages with their pictures, readable without anything else."""
    from markdown import markdown

    folder.mkdir()
    style = "body{max-width:46em;margin:2em auto;line-height:1.6;font-family:宋体,serif}img{width:100%}"
    style += "td,th{border:1px solid #999;padding:.2em .5em}table{border-collapse:collapse}"
    style += "@media print{h2+p{break-before:avoid}img{max-height:10cm;width:auto}}"
    for page, title in MANUALS.items():
        text = (ROOT / f"docs/{page}.md").read_text("utf-8")
        for other, name in MANUALS.items():
            text = text.replace(f"]({other}.md)", f"]({name}.html)")
        body = markdown(text.replace("](../README.md)", "](../先读我.txt)"), extensions=["tables", "fenced_code"])
        head = f'<!doctype html><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        (folder / f"{title}.html").write_text(head + body, "utf-8")
    shutil.copytree(ROOT / "docs/pictures", folder / "pictures")


def libraries(folder: Path) -> None:
    """Download the wheels for Windows and unpack them, so that no pip is needed there."""
    wheels, library = folder / "wheels", folder / "lib"
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "download", *TARGET, "-d", str(wheels), *needed, *WINDOWS_ONLY], check=True)
    subprocess.run([*pip, "wheel", "--no-deps", "-w", str(wheels), str(ROOT)], check=True)
    files = [str(path) for path in sorted(wheels.glob("*.whl"))]
    subprocess.run([*pip, "install", "--no-deps", *TARGET, "--target", str(library), *files], check=True)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    shutil.rmtree(target, ignore_errors=True)
    launchers(target)
    libraries(target)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(f"{target}: {size / 2**20:.0f} MB")
