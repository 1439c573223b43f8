# Everything starts here; all set-up is inside. Needs only Python 3.11 and make
# (and root, when Debian packages are missing).
# Debian's own build first: it is a third faster than one compiled by hand without optimization.
PYTHON ?= $(shell command -v /usr/bin/python3.11 || command -v python3.11 || command -v python3)
PY := .venv/bin/python
MANAGE := $(PY) manage.py
PORT ?= 8000
DAY ?=
SEED ?=
INPUTS ?=
DOORS ?=
KILLS ?= 200
EVERY ?=

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
# Russian text on a bare machine, whose locale may be plain C.
export PYTHONUTF8 := 1
# Tests start Python some twenty times: without bytecode on the disk each start compiles 2800 modules anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check format demo papers bench load load-pages leaks fuzz chaos requirements routes lock help installed installed-tests prepared

run: installed ## запустить портал с демошколами: make run [PORT=8000]
	@$(PY) -m mentoring.deploy.run --port $(PORT) --with-parent

test: installed-tests ## все тесты: SQLite, затем PostgreSQL, если он есть
	@$(PY) -m mentoring.deploy.suite

check: installed ## стиль, слои, боевые настройки, миграции, шаблоны
	@$(PY) -m mentoring.deploy.check

format: installed ## привести код и шаблоны к общему виду
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true

demo: installed ## перестроить демо и все бумаги в var/demo: make demo [DAY=ГГГГ-ММ-ДД] [SEED=число]
	@$(PY) -m mentoring.deploy.prepare --no-demo
	@$(MANAGE) demo --rebuild --papers $(if $(DAY),--day $(DAY)) $(if $(SEED),--seed $(SEED))

papers: installed-tests ## проверить каждую страницу каждой бумаги из var/demo
	@test -d var/demo || $(MAKE) demo
	@$(MANAGE) papers

bench: installed ## замеры: таблица и var/bench.json
	@$(PY) -m tests.bench

load: installed load-pages ## 200 человек отвечают на анкету сразу, 300 смотрят страницы (нужен PostgreSQL)
	@$(PY) -m tests.load.autosave

load-pages: installed ## 300 человек из 50 школ смотрят страницы (нужен PostgreSQL)
	@$(PY) -m tests.load.pages

leaks: installed-tests ## доходит ли что-нибудь одной школы до другой: make leaks [DOORS=pages,admin] [EVERY=10]
	@$(PY) -m tests.leaks $(if $(DOORS),--doors $(DOORS)) $(if $(EVERY),--every $(EVERY))

fuzz: installed-tests ## враждебный ввод у всех дверей: make fuzz [INPUTS=2000] [SEED=1]
	@$(PY) -m tests.fuzz $(if $(INPUTS),--inputs $(INPUTS)) $(if $(SEED),--seed $(SEED))

chaos: installed-tests ## убивать веб, обработчики и PostgreSQL под нагрузкой: make chaos [KILLS=200] [SEED=1]
	@$(PY) -m tests.chaos --kills $(KILLS) $(if $(SEED),--seed $(SEED))

requirements: installed ## какие из 188 требований доказаны тестами
	@$(PY) -m tests.plugins.requirements_report

routes: prepared ## адреса, роли и ожидаемые коды ответа
	@$(MANAGE) routes

lock: installed ## заново закрепить версии пакетов в requirements.lock
	@.venv/bin/uv pip compile --quiet --system-certs --python-version 3.11 --all-extras pyproject.toml \
		--upgrade --no-emit-index-url --no-header --no-annotate --output-file requirements.lock

help: ## этот список
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '  make %-14s%s\n' "$$name" "$$text"; done

installed:
	@$(PYTHON) -m mentoring.deploy.install run

installed-tests:
	@$(PYTHON) -m mentoring.deploy.install test

prepared: installed
	@$(PY) -m mentoring.deploy.prepare
