.PHONY: install run test quick check airflow portal samples

install run test quick check airflow portal:
	@scripts/$@

samples: install
	@.venv/bin/python -m tests.support.scanmaker --out samples
