"""Every quarter of an hour: what other systems did not take yet is sent again."""

from datetime import timedelta

from airflow.sdk import DAG, CronTriggerTimetable, task

from sohoa.orchestration import jobs

DOC = """
### Gửi lại số liệu · Deliver what waits

Gửi lại số liệu độ phủ cho hệ thống nhận chưa trả lời; mỗi số liệu chỉ đến mỗi nơi một lần.
*Sends snapshots again to receivers that were away: after 5 minutes, then twice as long each time, 6 hours at
most. Nothing is delivered twice.*
"""

with DAG(
    dag_id="deliver_pending",
    dag_display_name="Gửi lại số liệu · deliver_pending",
    doc_md=DOC,
    schedule=CronTriggerTimetable("*/15 * * * *", timezone="Asia/Ho_Chi_Minh", run_immediately=timedelta()),
    catchup=False,
    max_active_runs=1,
    tags=["sohoa"],
):
    task(
        task_display_name="Gửi lại · deliver_pending",
        retries=1,
        multiple_outputs=False,
        execution_timeout=timedelta(hours=1),
    )(jobs.deliver_pending)()
