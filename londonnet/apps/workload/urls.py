"""Where the pages of the Workload Management Tool are."""

from django.urls import path

from .views import entrance, mine, overview, people, practitioner

app_name = "workload"

urlpatterns = [
    path("workload", entrance.start, name="start"),
    path("workload/trust", overview.trust, name="trust"),
    path("workload/region/<str:code>", overview.region, name="region"),
    path("workload/pdu/<str:code>", overview.pdu, name="pdu"),
    path("workload/team/<str:code>", overview.team, name="team"),
    path("workload/people", people.people, name="people"),
    path("workload/practitioner/<str:om_key>", practitioner.teams, name="practitioner"),
    path("workload/practitioner/<str:om_key>/<str:team_code>", practitioner.in_team, name="working"),
    path("workload/mine", mine.mine, name="mine"),
]
