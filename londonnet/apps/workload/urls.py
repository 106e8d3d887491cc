"""Where the pages of the Workload Management Tool are."""

from django.urls import path

from .views import (
    entrance,
    mine,
    mistakes,
    overview,
    people,
    practitioner,
    weight_drafts,
    weight_proposals,
    weight_trials,
    weights,
)

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
    path("workload/weights", weights.versions, name="weights"),
    path("workload/weights/import", weights.import_file, name="weights-import"),
    path("workload/weights/try", weight_trials.trial, name="weights-try"),
    path("workload/weights/<int:number>", weights.version, name="weights-version"),
    path("workload/weights/<int:number>/file", weights.file, name="weights-file"),
    path("workload/weights/<int:number>/again", weights.again, name="weights-again"),
    path("workload/weights/draft/<uuid:identifier>", weight_drafts.draft, name="weights-draft"),
    path("workload/weights/draft/<uuid:identifier>/file", weight_drafts.file, name="weights-draft-file"),
    path("workload/weights/draft/<uuid:identifier>/throw-away", weight_drafts.throw_away, name="weights-throw-away"),
    path("workload/weights/draft/<uuid:identifier>/bring-back", weight_drafts.bring_back, name="weights-bring-back"),
    path("workload/weights/draft/<uuid:identifier>/propose", weight_proposals.propose, name="weights-propose"),
    path("workload/weights/proposal/<int:number>", weight_proposals.proposal, name="weights-proposal"),
    path("workload/weights/proposal/<int:number>/decide", weight_proposals.decide, name="weights-decide"),
    path("workload/mine/mistake", mistakes.report, name="report-mistake"),
    path("workload/mistakes", mistakes.reports, name="mistakes"),
    path("workload/mistakes/<int:pk>", mistakes.answer, name="mistake"),
    path("workload/mistakes/<int:pk>/take-back", mistakes.take_back, name="take-mistake-back"),
]
