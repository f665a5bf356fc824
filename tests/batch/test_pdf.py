"""A PDF beside every Word report, by LibreOffice itself: the same bytes in whatever company, made once."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree

from tests.batch.deeds import spoilt
from tests.batch.support import book, outcome, run, send, tree
from tests.support.machine import need, pdf_text
from tests.test_cli import xltools
from xltools.batch.collect import Order, collect
from xltools.batch.collection import Collection
from xltools.batch.judge import open_ones
from xltools.outputs import pdf

OFFICES = {"甲": "zero", "乙": "faulty", "丙": "balanced", "丁": "zero"}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Collection]:
    need("soffice", "pdfinfo")
    folder = tmp_path_factory.mktemp("in")
    send(folder, {f"{name}.xlsx": book(kind, f"{name}局") for name, kind in OFFICES.items()})
    out = tmp_path_factory.mktemp("out") / "结果"
    return folder, out, run(folder, out, pdf=True, jobs=2)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents were given to LibreOffice each time."""
    counts: list[int] = []
    genuine = pdf.convert

    def watched(documents: Any, *more: Any) -> Any:
        counts.append(len(documents))
        return genuine(documents, *more)

    monkeypatch.setattr(pdf, "convert", watched)
    return counts


def test_a_pdf_beside_every_word_report(collected: tuple[Path, Path, Collection]) -> None:
    _, out, collection = collected
    for one in collection.filed:
        word, made = Path(one.outputs["word"]), out / one.outputs["pdf"]
        assert Path(one.outputs["pdf"]) == Path("pdf") / f"{word.stem}.pdf"
        assert f"{one.file.removesuffix('.xlsx')}局" in pdf_text(made).replace(" ", "")
        about = subprocess.run(["pdfinfo", str(made)], capture_output=True, text=True, check=True)
        assert "Pages:" in about.stdout and "CreationDate" not in about.stdout
        assert not about.stderr  # it complains where an offset leads nowhere
    assert len(list((out / "pdf").iterdir())) == 4
    assert "（草稿）" in outcome(collection, "乙.xlsx").outputs["pdf"]


def test_the_page_links_it(collected: tuple[Path, Path, Collection]) -> None:
    _, out, collection = collected
    root = etree.fromstring((out / "index.html").read_bytes())
    found = {unquote(link.get("href")) for link in root.iter("a") if link.text == "PDF"}
    assert found == {f"./{one.outputs['pdf']}" for one in collection.filed}


def test_the_same_bytes_in_whatever_company(collected: tuple[Path, Path, Collection], tmp_path: Path) -> None:
    folder, out, collection = collected
    name = outcome(collection, "丙.xlsx").outputs["pdf"]
    shutil.copy(folder / "丙.xlsx", send(tmp_path / "in", {"别.txt": b""}))
    run(tmp_path / "in", tmp_path / "out", pdf=True)
    assert (tmp_path / "out" / name).read_bytes() == (out / name).read_bytes()


def test_only_what_changed_is_made_again(
    collected: tuple[Path, Path, Collection], done: list[int], tmp_path: Path
) -> None:
    collection = collected[2]
    folder, out = (Path(shutil.copytree(place, tmp_path / place.name)) for place in collected[:2])
    first = tree(out)
    run(folder, out, pdf=True)
    assert (done, tree(out)) == ([0], first)
    send(folder, {"甲.xlsx": book("balanced", "甲局"), "戊.xlsx": book("zero", "戊局")})
    (folder / "丁.xlsx").unlink()
    kept = {path.read_bytes().partition(b"\n")[2]: path for path in (out / ".xltools/pdf").iterdir()}
    damaged = kept[first[outcome(collection, "丙.xlsx").outputs["pdf"]]]
    damaged.write_bytes(damaged.read_bytes()[:-1])
    run(folder, out, pdf=True)
    assert done == [0, 3]  # 甲 and 戊, and 丙, whose own was damaged
    assert sorted(path.name[0] for path in (out / "pdf").iterdir() if "草稿" not in path.name) == list("丙戊甲")
    assert len(list((out / ".xltools/pdf").iterdir())) == 4
    run(folder, out)
    assert not (out / "pdf").exists() and (out / "word").exists()


def test_one_that_cannot_be_converted_costs_itself_only(tmp_path: Path) -> None:
    need("soffice")
    folder = send(tmp_path / "in", {f"{name}.xlsx": book("zero", f"{name}局") for name in ("甲", "spoilt", "乙")})
    found = collect(Order(folder, tmp_path / "out", pdf=True), lambda *_: None, print, spoilt)
    assert [o.file for o in open_ones(found)] == ["spoilt.xlsx"]
    bad = outcome(found, "spoilt.xlsx")
    assert (bad.status, list(bad.outputs)) == ("已报", ["word"])
    assert bad.reason == "没有生成 PDF：LibreOffice 转换不了这份 Word 报告。请用 Word 或 WPS 打开这份报告，另存为 PDF。"
    assert len(list((tmp_path / "out/pdf").iterdir())) == 2


def test_without_libreoffice_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    send(tmp_path / "in", {"甲.xlsx": book("zero", "甲局")})
    code, _, said = xltools("batch", "in", "-o", "out", "--pdf", cwd=tmp_path)
    assert (code, said.count("没有找到 LibreOffice"), said.count("\n")) == (3, 1, 1)
    assert not (tmp_path / "out").exists()
