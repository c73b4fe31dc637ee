.PHONY: help install run test check airflow samples lock

help:
	@echo "make install | run [INBOX=folder AGENCY=code] | test | check | airflow | samples | lock"

install run test check airflow lock:
	@scripts/$@

samples: install
	@.venv/bin/python -m tests.support.scanmaker --out samples
