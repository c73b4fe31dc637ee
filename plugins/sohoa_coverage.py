"""Adds the page "Độ phủ số hoá" (coverage) and a link to the portal to Airflow's menu."""

from airflow.plugins_manager import AirflowPlugin

from sohoa.orchestration.coverage_page import app


class SohoaCoverage(AirflowPlugin):
    """Serves the coverage snapshot below ``/sohoa`` and links to it and to the portal under Browse."""

    name = "sohoa_coverage"
    fastapi_apps = [{"app": app, "url_prefix": "/sohoa", "name": "sohoa"}]
    external_views = [
        {
            "name": "Độ phủ số hoá",
            "href": "/sohoa/coverage",
            "destination": "nav",
            "category": "browse",
            "url_route": "do-phu-so-hoa",
        },
        # Without a route of its own it is a link: the portal lets no other page frame it.
        {
            "name": "Kho lưu trữ số",
            "href": "/sohoa/portal",
            "destination": "nav",
            "category": "browse",
        },
    ]
