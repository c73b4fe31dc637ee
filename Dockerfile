# The image of every Airflow component: our wheel, Airflow, Tesseract with Vietnamese; runs as a plain user.
FROM python:3.11.14-slim-bookworm AS build

WORKDIR /src
COPY requirements.txt pyproject.toml README.md LICENSE ./
COPY ocr ocr
COPY sohoa sohoa
RUN python -m venv /opt/sohoa \
    && /opt/sohoa/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt \
    && /opt/sohoa/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11.14-slim-bookworm

SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# Debian's archive drops superseded versions: a pinned one would stop building.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd fonts-croscore fonts-dejavu-core poppler-utils \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 sohoa \
    && install -d -o sohoa -g sohoa -m 700 /var/lib/sohoa /opt/airflow/state
COPY --from=build /opt/sohoa /opt/sohoa
COPY config /etc/sohoa
COPY dags /opt/airflow/dags
COPY plugins /opt/airflow/plugins
COPY docker/init.sh /opt/airflow/init.sh
ENV PATH=/opt/sohoa/bin:$PATH \
    AIRFLOW_HOME=/opt/airflow/state \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/airflow/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/airflow/plugins \
    SOHOA_CONFIG=/etc/sohoa/sohoa.yaml \
    SOHOA_HOME=/var/lib/sohoa \
    OMP_THREAD_LIMIT=1
USER 10001
WORKDIR /opt/airflow
CMD ["airflow", "version"]
