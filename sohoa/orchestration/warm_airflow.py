"""``python -m sohoa.orchestration.warm_airflow scheduler``: Airflow's command with our adapters loaded.

Tasks of the LocalExecutor are forks of the scheduler's process: what is loaded here, while the API server is
still starting, no task has to load again (seconds each).
"""

import sys

from airflow.__main__ import main

from sohoa import wiring

if __name__ == "__main__":
    sys.modules.setdefault("sohoa.wiring", wiring)
    main()
