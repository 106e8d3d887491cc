"""Where the pages of the Workload Management Tool are."""

from django.urls import path

from .views import (
    caseload,
    entrance,
    excessive,
    history,
    history_files,
    hours,
    mine,
    mistakes,
    omic,
    overview,
    people,
    practitioner,
    progress,
    reasons,
    reduction,
    reduction_form,
    reductions,
    reports,
    staffing_files,
    stayed_behind,
    weight_drafts,
    weight_proposals,
    weight_trials,
    weights,
)
from .views.allocation.routes import ROUTES as ALLOCATION

app_name = "workload"

_PAGES_OF_A_PLACE = (
    ("history", history.history),
    ("caseload", caseload.caseload),
    ("progress", progress.progress),
    ("reports", reports.reports),
    ("omic", omic.omic),
)

urlpatterns = [
    path("workload", entrance.start, name="start"),
    path("workload/trust", overview.overview, name="trust"),
    *(path(f"workload/trust/{name}", view, name=f"trust-{name}") for name, view in _PAGES_OF_A_PLACE),
    *(
        path(f"workload/{level}/<str:code>", overview.overview, {"level": level}, name=level)
        for level in ("region", "pdu", "team")
    ),
    *(
        path(f"workload/{level}/<str:code>/{name}", view, {"level": level}, name=f"{level}-{name}")
        for level in ("region", "pdu", "team")
        for name, view in _PAGES_OF_A_PLACE
    ),
    path("workload/people", people.people, name="people"),
    path("workload/practitioner/<str:om_key>", practitioner.teams, name="practitioner"),
    path("workload/practitioner/<str:om_key>/<str:team_code>", practitioner.in_team, name="working"),
    *(
        path(
            f"workload/practitioner/<str:code>/<str:team_code>/{name}",
            view,
            {"level": "practitioner"},
            name=f"practitioner-{name}",
        )
        for name, view in _PAGES_OF_A_PLACE
    ),
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
    # Reductions and hours
    path("workload/reductions", reductions.reductions, name="reductions"),
    path("workload/reductions/add", reduction_form.add, name="add-reduction"),
    path("workload/reductions/<int:number>", reduction.reduction, name="reduction"),
    path("workload/reductions/<int:number>/change", reduction_form.change, name="change-reduction"),
    path("workload/reductions/<int:number>/end", reduction.end, name="end-reduction"),
    path("workload/reductions/<int:number>/delete", reduction.delete, name="delete-reduction"),
    path("workload/reductions/<int:number>/put-back", reduction.put_back, name="put-back-reduction"),
    path("workload/practitioner/<str:om_key>/<str:team_code>/hours", hours.hours, name="hours"),
    path("workload/reasons", reasons.reasons, name="reasons"),
    path("workload/reasons/add", reasons.add, name="add-reason"),
    path("workload/reasons/<int:number>", reasons.reason, name="reason"),
    path("workload/staffing-files", staffing_files.files, name="staffing-files"),
    path("workload/staffing-files/<int:number>", staffing_files.report, name="staffing-file"),
    path("workload/staffing-files/<int:number>/quarantine.csv", staffing_files.quarantine, name="staffing-quarantine"),
    path("workload/staffing-files/template/<str:kind>.csv", staffing_files.template, name="staffing-template"),
    path("workload/staffing-files/held/<str:kind>.csv", staffing_files.held, name="staffing-held"),
    path("workload/history-files", history_files.files, name="history-files"),
    path("workload/history-files/template.csv", history_files.template, name="history-template"),
    path("workload/history-files/<int:number>", history_files.report, name="history-file"),
    path("workload/history-files/<int:number>/quarantine.csv", history_files.quarantine, name="history-quarantine"),
    path("workload/stayed-behind", stayed_behind.behind, name="stayed-behind"),
    path("workload/stayed-behind/take-along", stayed_behind.take_along, name="take-along"),
    *ALLOCATION,
    path("workload/excessive", excessive.excessive, name="excessive"),
]
