"""``python -m sohoa.orchestration.warm_airflow scheduler``: Airflow's command with our code loaded.

Tasks of the LocalExecutor are forks of the scheduler's process: what is loaded here, while the API server is
still starting, no task has to load again (seconds each). Nothing is opened or constructed.
"""

import importlib
import pkgutil
import runpy

from sohoa import adapters, usecases, wiring


def load() -> None:
    """Import every use case and adapter, with the libraries that they need."""
    for package in (usecases, adapters):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    importlib.import_module(wiring.__name__)


if __name__ == "__main__":
    load()
    runpy.run_module("airflow", run_name="__main__", alter_sys=True)
