"""CPU time of one Word report: docxtpl alone against the first and the later ones of this tool, in one run.

python bench/word.py [rounds]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import docx  # noqa: E402

from tests.support import docxtpl_word  # noqa: E402
from xltools import interchange  # noqa: E402
from xltools.outputs import compiled, context, word, worddocument, wordfile, wordform, wordtemplate  # noqa: E402
from xltools.outputs.wordparts import pack  # noqa: E402

CHARACTERS = 4000
BATCH = 20


def cpu(job: Callable[[], object], times: int = 1) -> float:
    start = time.process_time()
    for _ in range(times):
        job()
    return (time.process_time() - start) / times


def forget() -> None:
    looked_through = (wordfile.checked, wordtemplate._require_known, wordtemplate.compiled)
    for remembered in (compiled.shipped, *looked_through, worddocument._compiled, worddocument._patched):
        remembered.cache_clear()


def edited(path: Path, data: bytes, text: str) -> Path:
    document = docx.Document(BytesIO(data))
    document.paragraphs[0].runs[0].text = text
    document.save(str(path))
    return path


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    report = interchange.load(ROOT / "examples/furong-2020/report.json")
    texts = "\n".join(report.narrative.values()).replace("\n\n", "\n")
    long = (texts * (CHARACTERS // len(texts) + 1))[:CHARACTERS]
    report = replace(report, narrative={**report.narrative, "overview": long})
    with tempfile.TemporaryDirectory() as folder:
        data = wordform.build(report.edition)
        ours = edited(Path(folder) / "edited.docx", data, "{{ office.name }}（{{ year }}年）")
        beyond = edited(Path(folder) / "beyond.docx", data, "{{ office.name | upper }}")
        print(f"{'CPU ms, median':26}{'docxtpl':>9}{'first':>9}{'later':>9}{'docxtpl / later':>18}{'[min–max]':>16}")
        for name, template in {"our template": None, "edited": ours, "beyond the quick way": beyond}.items():
            taken: list[tuple[float, float, float]] = []
            for turn in range(rounds + 1):
                slow = cpu(lambda t=template: pack(docxtpl_word.render(report, template=t)))  # type: ignore[misc]
                forget()
                first = cpu(lambda t=template: word.render(report, template=t))  # type: ignore[misc]
                later = cpu(lambda t=template: word.render(report, template=t), BATCH)  # type: ignore[misc]
                if turn:  # the first turn warms the caches
                    taken.append((slow, first, later))
            ratios = [slow / later for slow, _, later in taken]
            figures = "".join(f"{1000 * statistics.median(column):9.1f}" for column in zip(*taken, strict=True))
            spread = f"[{min(ratios):.1f}–{max(ratios):.1f}]"
            print(f"{name:26}{figures}{statistics.median(ratios):18.1f}{spread:>16}")
        words = context.context(report)
        stages: dict[str, Callable[[], object]] = {
            "words of the report": lambda: context.context(report),
            "changed parts": lambda: compiled.shipped(report.edition).changed(words, report.title),
            "all": lambda: word.render(report),
        }
        for name, job in stages.items():
            print(f"{name:26}{1000 * statistics.median(cpu(job, BATCH) for _ in range(rounds)):27.2f}")


if __name__ == "__main__":
    main()
