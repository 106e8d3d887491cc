"""The yardstick: a page of the same team's rows from one raw statement, behind the same middleware and sign-in."""

import time
from html import escape
from statistics import median

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from londonnet.platform.access import requires

_ROWS = """
SELECT p.om_key, p.forename, p.surname, f.grade, f.cases, f.t2a_cases, f.points_total, f.available,
       f.contracted_hours, f.reduction_hours
FROM workload_figure f JOIN workload_currentfigures c ON c.run_id = f.run_id
JOIN organisation_practitionerinteam place ON place.id = f.place_id
JOIN organisation_practitioner p ON p.id = place.practitioner_id
JOIN organisation_team t ON t.id = place.team_id
WHERE t.code = %s ORDER BY p.sort_key
"""


@requires("workload.view")
def raw_team_page(request: HttpRequest, code: str) -> HttpResponse:
    """The team's rows as a bare table: no model, no template, no shell."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [code])
        rows = cursor.fetchall()
    lines = ("<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in row) + "</tr>" for row in rows)
    return HttpResponse(f"<!doctype html><title>{escape(code)}</title><table>{''.join(lines)}</table>")


urlpatterns = [path("raw/<str:code>", raw_team_page)]


def raw_team_page_seconds(client: Client, team: str, rounds: int) -> float:
    """The median seconds of that page for a signed-in browser."""
    seconds = []
    with override_settings(ROOT_URLCONF="bench.raw_page"):
        for _ in range(rounds):
            began = time.monotonic()
            answer = client.get(f"/raw/{team}")
            seconds.append(time.monotonic() - began)
            assert answer.status_code == 200
    return median(seconds)
