#!/usr/bin/env bash
# Once before the other services, and after each upgrade: schemas, buckets, the pool, the web page's password.
set -euo pipefail
airflow db migrate
# An operator may have changed the number of slots: it is set only where there is no such pool.
airflow pools get ocr >/dev/null 2>&1 || airflow pools set ocr 1 "OCR: one batch at a time and machine"
install -m 600 /run/secrets/airflow_passwords /opt/airflow/state/passwords.json
sohoa init
sohoa ping
