"""By hand: rebuild the search index from the archive."""

from airflow.sdk import DAG, task

from sohoa.orchestration import jobs

DOC = """
### Lập lại chỉ mục · Rebuild the index

Dựng lại toàn bộ chỉ mục tìm kiếm từ kho lưu trữ; chỉ mục cũ vẫn phục vụ cho đến khi xong.
*Rebuilds the search index from the archive alone; the old one serves until the new one is complete.*
"""

with DAG(
    dag_id="reindex_all",
    dag_display_name="Lập lại chỉ mục · reindex_all",
    doc_md=DOC,
    schedule=None,
    catchup=False,
    max_active_runs=1,
    tags=["sohoa"],
):
    task(task_display_name="Lập lại chỉ mục · reindex_all", retries=1)(jobs.reindex_all)()
