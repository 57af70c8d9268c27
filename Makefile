.PHONY: help install run demo test test-torch test-hosted test-faults assurance lint bench bench-projection docs build_prod schema lock

help:
	@echo "make demo        set up, serve, log real data and tell where to look (PORT=8000)"
	@echo "make run         set up and serve on 127.0.0.1:8000 (PORT=8000)"
	@echo "make install     Python packages into .venv, the front end's into frontend/node_modules"
	@echo "make test        all tests: SQLite, PostgreSQL, front end, browser"
	@echo "make test-torch  what needs PyTorch: capture, examples, overhead (installs some gigabytes)"
	@echo "make test-hosted two web servers and two workers over one PostgreSQL and one Redis"
	@echo "make test-faults the long tests: everything killed, filled, stopped in the middle of work"
	@echo "make assurance   docs/assurance.md from the results of the tests"
	@echo "make lint        style, types and borders"
	@echo "make bench       benchmarks"
	@echo "make bench-projection  our projection beside others, an hour"
	@echo "make docs        the documentation as a site, in build/docs"
	@echo "make schema      schema.graphql and the front end's types from the code"
	@echo "make lock        constraints.txt from pyproject.toml and sdk/pyproject.toml"
	@echo "make build_prod  wheels of the server (with the built front end) and the SDK in dist/"

install:
	@scripts/install_python
	@scripts/install_frontend all

run demo test test-torch test-hosted assurance lint bench bench-projection docs build_prod schema lock:
	@scripts/$@
