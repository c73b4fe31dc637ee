#!/usr/bin/env bash
# First start of the database server: a database with an owner of its own, each for Airflow and for the ledger.
set -euo pipefail
for name in airflow sohoa; do
    # By standard input: arguments would show the password to every process.
    psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname postgres <<SQL
CREATE ROLE $name LOGIN PASSWORD '$(cat "/run/secrets/${name}_database_password")';
CREATE DATABASE $name OWNER $name TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE CONNECT ON DATABASE $name FROM PUBLIC;
SQL
done
