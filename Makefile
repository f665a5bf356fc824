# Each target sets up what it needs: a Python environment in .venv, and for the tests also
# LibreOffice, fonts and the Open XML validator, where the machine lets us install them.

BIN := .venv/bin
READY := .venv/ready
# Tests with a screen, or that look at every LibreOffice of the machine, have it to themselves.
ALONE := tests/excel tests/libreoffice tests/test_pictures.py tests/batch/test_browser.py tests/workbook/test_macros.py

.PHONY: demo test kills fuzz check format templates docs pictures bench bundle clean

demo: $(READY)  ## 芙蓉镇 2020: figures -> filled workbook -> checks -> Word
	mkdir -p out
	$(BIN)/xltools new --data examples/furong-2020/report.json -o out/芙蓉镇2020.xlsx --force
	$(BIN)/xltools check out/芙蓉镇2020.xlsx
	$(BIN)/xltools report out/芙蓉镇2020.xlsx -o out --force

test: $(READY)  ## everything, with LibreOffice and the validator
	sh scripts/system.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ALONE:%=--ignore=%)
	$(BIN)/python -m pytest $(ALONE)

kills: $(READY)  ## kill -9 at twenty moments of a run; `make test` has six
	XLTOOLS_KILLS=20 $(BIN)/python -m pytest -q tests/batch/test_killed.py

fuzz: $(READY)  ## read 100,000 spoilt workbooks, let every operation of the disk fail in every way
	$(BIN)/python -m tests.hostile.fuzz --count 100000
	XLTOOLS_FAULTS=all $(BIN)/python -m pytest -q tests/hostile/test_disk.py

check: $(READY)  ## types, style, import direction, module length
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

templates: $(READY)  ## build templates/ again
	$(BIN)/python tools/templates.py

docs: $(READY)  ## write docs/checks.md again
	$(BIN)/python tools/manual.py

pictures: $(READY)  ## make the pictures of the documentation again
	sh scripts/system.sh
	XLTOOLS_PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/test_pictures.py tests/excel/test_click.py tests/batch/test_browser.py

bundle: $(READY)  ## dist/年报工具: the folder for a Windows PC without network
	$(BIN)/python tools/bundle.py

bench: $(READY)  ## times as ratios: one file, buttons, Word, a batch of 300
	$(BIN)/python bench/one_file.py
	$(BIN)/python bench/buttons.py
	$(BIN)/python bench/word.py
	$(BIN)/python bench/envelope.py
	$(BIN)/python bench/batch.py

$(READY): pyproject.toml scripts/venv.sh
	sh scripts/venv.sh
	touch $(READY)

clean:
	rm -rf .venv .tools out build dist
