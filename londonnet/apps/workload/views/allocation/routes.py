"""Routes of allocation."""

from typing import Final

from django.urls import path

from . import batches, choosing, unallocated

ROUTES: Final = (
    path("workload/allocation", unallocated.waiting, name="allocation"),
    path("workload/allocation/choose", choosing.pick, name="allocation-pick"),
    path("workload/allocation/choose/<str:key>", choosing.choose, name="allocation-choose"),
    path("workload/allocation/moved/<uuid:batch>", batches.moved, name="allocation-moved"),
    path("workload/allocation/moved/<uuid:batch>/undo", batches.undo, name="allocation-undo"),
)
