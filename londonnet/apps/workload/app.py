"""The manifest of the Workload Management Tool."""

from londonnet.platform.registry import AppManifest, Permission

from .hooks import WorkloadHooks

MANIFEST = AppManifest(
    name="workload",
    label="Workload",
    summary="How much work each practitioner holds against the time they have.",
    requires=("organisation", "caseload"),
    permissions=(
        Permission("workload.view", "See workloads", ("practitioner", "team_manager", "head_of_service", "hr")),
        Permission("workload.personal_reductions", "See the reasons of personal reductions", ("team_manager", "hr")),
        Permission(
            "workload.try_weights",
            "See the weights, and try others",
            ("team_manager", "head_of_service", "administrator"),
        ),
        Permission("workload.weights", "Propose and approve new weights", ("head_of_service", "administrator")),
        Permission("workload.answer_mistakes", "Answer reports of mistakes", ("team_manager", "head_of_service")),
        Permission(
            "workload.reductions",
            "See reductions and contracted hours",
            ("practitioner", "team_manager", "head_of_service", "hr", "administrator"),
        ),
        Permission("workload.hours", "Change contracted hours and reductions", ("team_manager", "hr", "administrator")),
        Permission("workload.reasons", "Set what reasons for reductions allow", ("hr", "administrator")),
        Permission("workload.load_history", "Load another tool’s history", ("administrator",)),
        Permission("workload.allocate", "Allocate cases", ("team_manager", "head_of_service")),
    ),
    urls="londonnet.apps.workload.urls",
    hooks=WorkloadHooks(),
)
