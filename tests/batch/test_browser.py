"""index.html in a real browser: it filters and sorts, its links lead to files, and it asks nobody for anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.batch.test_consolidate import collection
from tests.batch.test_summary import county, hostile
from tests.support.browser import Page, browser
from tests.support.reports import EDITIONS, report
from tests.support.screen import keep
from xltools.batch.collection import Collection, Member
from xltools.batch.overview import page

JANUARY = tuple[Path, Collection]
SHOWN = "[...document.querySelectorAll('#offices tbody tr')].filter(row => row.offsetHeight)"
NAMES = f"{SHOWN}.map(row => row.cells[0].textContent)"
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def shown(window: Page, january: JANUARY) -> Page:
    """The page of the county, just opened."""
    window.size(1240, 900)
    window.open(january[0] / "index.html")
    return window


def test_it_asks_for_itself_only_and_complains_of_nothing(shown: Page, january: JANUARY) -> None:
    shown.click("details summary")
    shown.type("#words", "某县")
    assert set(shown.requests) == {(january[0] / "index.html").as_uri()}
    assert shown.complaints == []


def test_the_watch_would_see_it(window: Page, tmp_path: Path) -> None:
    path = tmp_path / "asks.html"
    path.write_text("<img src='http://127.0.0.1:9/a.png'><script>console.error('no'); nothing()</script>")
    before = len(window.requests), len(window.complaints)
    window.open(path)
    assert "http://127.0.0.1:9/a.png" in window.requests[before[0] :]
    assert {said.partition(":")[0] for said in window.complaints[before[1] :]} >= {"error", "exception"}
    del window.requests[before[0] :], window.complaints[before[1] :]


def test_whoever_gets_in_cannot_ask_either(window: Page, tmp_path: Path) -> None:
    """The page forbids itself, and so whatever was typed into a report, every request."""
    (tmp_path / "index.html").write_text(page(hostile()), "utf-8")
    window.open(tmp_path / "index.html")
    assert window.complaints == []
    assert window.run("fetch('http://127.0.0.1:9/').catch(() => 'no')") == "no"
    assert "Content Security Policy" in window.complaints[0]
    window.complaints.clear()
    window.requests[:] = [url for url in window.requests if url.startswith("file:")]


def test_filter(shown: Page, january: JANUARY) -> None:
    everybody = shown.run(NAMES)
    assert len(everybody) == 18
    shown.type("#words", "水利")
    assert shown.run(NAMES) == ["某县水利局", "某县水利局"]
    shown.type("#words", "不平衡")  # stands in what is folded away
    assert shown.run(NAMES) == ["河西镇人民政府"]
    assert shown.run("document.getElementById('shown').textContent") == "显示 1 行，共 18 行"
    shown.type("#words", "")
    assert shown.run(NAMES) == everybody
    for kind, count in (("待修改", 2), ("未报", 4), ("red", 8), ("", 18)):
        shown.run(f"document.getElementById('status').value = '{kind}'")
        shown.run("document.getElementById('status').dispatchEvent(new Event('change'))")
        assert len(shown.run(NAMES)) == count, kind


def test_sort(shown: Page) -> None:
    def cells(column: int) -> list[str]:
        found: list[str] = shown.run(f"{SHOWN}.map(row => row.cells[{column}].textContent.trim())")
        return found

    before, button = cells(0), "#offices thead th:nth-child({}) button".format
    shown.click(button(3))
    errors = [int(cell) for cell in cells(2) if cell]
    assert errors == sorted(errors) and errors[-1] > 1
    assert cells(2)[-1] == ""  # what has no number comes last, both ways
    shown.click(button(3))
    assert [int(cell) for cell in cells(2) if cell] == errors[::-1] and cells(2)[-1] == ""
    assert shown.run("document.querySelector('th[aria-sort]').textContent") == "错误"
    shown.click(button(2))
    assert [cell[0] for cell in cells(1)] == sorted((cell[0] for cell in cells(1)), key="■▲●○".index)
    assert sorted(cells(0)) == sorted(before) != cells(0)


def test_every_link_leads_to_a_file_of_the_results(shown: Page, january: JANUARY) -> None:
    out, collection = january
    links = {Path(unquote(urlsplit(url).path)) for url in shown.run("[...document.links].map(link => link.href)")}
    assert links == {out / "汇总.xlsx", *(out / name for one in collection.outcomes for name in one.outputs.values())}
    assert all(path.is_file() for path in links)


def test_three_hundred_fit_and_the_headings_stay(window: Page, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(page(county(EDITIONS[-1], 300)), "utf-8")
    for width in (1000, 1240, 1920):
        window.size(width, 900)
        window.open(tmp_path / "index.html")
        assert window.run(WIDTH) == width
        window.run("scrollTo(0, 6000)")
        assert abs(window.run("document.querySelector('#offices thead th').getBoundingClientRect().top")) <= 1
    assert len(window.run(NAMES)) == 303


def test_long_names_and_large_numbers_are_whole(window: Page, tmp_path: Path) -> None:
    name = "湘西土家族苗族自治州永顺县人力资源和社会保障局"
    found = collection(report(requests__received__company=5482), members=True)
    outcomes = tuple(replace(one, office=name) for one in found.outcomes)
    member = Member(name, controls={"核对数：行政复议": 5482, "核对数：行政诉讼（含复议后起诉）": 12})
    (tmp_path / "index.html").write_text(page(replace(found, members=(member,), outcomes=outcomes)), "utf-8")
    window.size(1000, 900)
    window.open(tmp_path / "index.html")
    assert window.run("Math.min(...[...document.querySelectorAll('svg text')].map(text => text.getBBox().x))") >= 0
    lines = "(td => { let all = new Range(); all.selectNodeContents(td); return all.getClientRects().length })"
    numbers = "[...document.querySelectorAll('td')].filter(td => /^-?[0-9]+$/.test(td.textContent))"
    assert window.run(f"{numbers}.filter(td => {lines}(td) > 1).map(td => td.textContent)") == []


def test_picture(shown: Page, tmp_path: Path) -> None:
    shown.click("details summary")
    shown.run("scrollTo(0, 0)")
    keep(shown.shoot(tmp_path / "overview.png"))
