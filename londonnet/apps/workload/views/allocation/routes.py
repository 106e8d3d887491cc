"""Routes of allocation."""

from typing import Final

from django.urls import path

from . import batches, choosing, differences, history, spreading, unallocated

ROUTES: Final = (
    path("workload/allocation", unallocated.waiting, name="allocation"),
    path("workload/allocation/differences", differences.differing, name="allocation-differences"),
    path("workload/allocation/differences/<int:number>/let-stand", differences.let_stand, name="let-record-stand"),
    path("workload/allocation/differences/<int:number>/undo", differences.undo_one, name="undo-one-move"),
    path("workload/allocation/history", history.moves, name="allocation-history"),
    path("workload/allocation/choose", choosing.pick, name="allocation-pick"),
    path("workload/allocation/choose/<str:key>", choosing.choose, name="allocation-choose"),
    path("workload/allocation/from/<str:om_key>/<str:team_code>", choosing.reallocate, name="reallocate"),
    path("workload/allocation/spread/<str:key>", spreading.spread, name="allocation-spread"),
    path("workload/allocation/moved/<uuid:batch>", batches.moved, name="allocation-moved"),
    path("workload/allocation/moved/<uuid:batch>/undo", batches.undo, name="allocation-undo"),
)
