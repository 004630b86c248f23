# Everything starts here: `make run`, `make test`. Needs make and Python 3.11-3.14, nothing else. See README.md.
SHELL = /bin/sh
PY = .venv/bin/python
READY = .venv/.installed
EMBEDDED = $(PY) -m navet.embedded
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-annotate pyproject.toml

# What Python compiles is kept, also where the environment says not to (many containers do): a start of Django costs half of
# the processor's time then, and tests start dozens. In a place of its own, so that .venv stays as it was installed.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX ?= $(CURDIR)/.pycache

.PHONY: help run test check bench demo-reset lock messages clean

help:
	@echo 'make run         the house at http://127.0.0.1:8000/ (PORT=, NAVET_HOME=); Ctrl-C stops it'
	@echo 'make test        all tests, on servers of their own (PYTEST_ARGS="-k name")'
	@echo 'make check       lint, layers, types, deployment settings, migrations, translations'
	@echo 'make bench       bookings and check-ins a second, as ratios to a bare INSERT; BENCH=ledger: a long ledger, a large day; BENCH=payments: ten thousand payments; BENCH=individuals: persons counted against the truth; BENCH=years: twenty years of history beside one'
	@echo 'make demo-reset  a fresh demo year in place of what is in the database'
	@echo 'make messages    collect the texts to translate'
	@echo 'make lock        pin the newest dependencies that pyproject.toml allows'
	@echo 'make clean       remove what can be made again; the data folder stays'

$(READY): requirements/development.txt requirements/install.sh
	@sh requirements/install.sh
	@touch $(READY)

run: $(READY)
	@$(EMBEDDED) serve $(RUN_ARGS)

test: $(READY)
	@$(PY) manage.py messages --compile
	@$(EMBEDDED) exec --fast -- $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

check: $(READY)
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(PY) -m tests.check

bench: $(READY)
	@$(EMBEDDED) exec -- $(PY) -m tests.bench$(if $(BENCH),.$(BENCH))

demo-reset: $(READY)
	@if [ -n "$$DATABASE_URL" ] && [ "$$NAVET_DEMO" != yes ]; then \
		echo 'navet: DATABASE_URL is set. This would replace what is in that database; if you mean it: NAVET_DEMO=yes.' >&2; \
		exit 1; \
	fi
	@$(EMBEDDED) exec -- sh -c '$(PY) manage.py migrate --no-input -v 0 && $(PY) manage.py demo --reset'

messages: $(READY)
	@$(PY) manage.py messages

lock: $(READY)
	PATH="$(CURDIR)/.venv/bin:$$PATH" $(COMPILE) -o requirements/production.txt
	PATH="$(CURDIR)/.venv/bin:$$PATH" $(COMPILE) --all-extras -o requirements/development.txt

clean:
	rm -rf .venv .pycache static-collected .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find . -name '*.mo' -type f -exec rm -f {} +
