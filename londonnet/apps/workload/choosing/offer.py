"""What a choice is made from: the cases, everybody who could get them, the reasons, all of one moment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from londonnet.apps.workload import selectors
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.apps.workload.selectors.allocation.candidates import Candidate, candidates
from londonnet.apps.workload.selectors.allocation.cases import Holding, OpenCase, cases_called
from londonnet.apps.workload.selectors.allocation.teams import allocation_reasons, teams_within
from londonnet.apps.workload.selectors.allocation.whereabouts import taken_away
from londonnet.apps.workload.weights import WeightSet
from londonnet.platform.access.policy import Reach

from .targets import Among, among, choices_among

_GONE = "It isn’t in your teams any more."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.

    Attributes:
        crns: cases by name.
        holding: a practitioner-in-team all of whose cases are on offer.
        among: whose practitioners are shown; empty for the usual ones.
        chosen: numbers of those who were chosen, wherever they are.
    """

    crns: Collection[str] = ()
    holding: Holding | None = None
    among: str = ""
    chosen: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What a choice is made from.

    Attributes:
        cases: those within reach, the highest tier first.
        gone: cases that aren't within reach any more, each with what may be told of it.
        people: everybody who could get them; `holders` are those who have them now, by number.
        amongst: the parts of the trust whose practitioners can be shown; `shown` is the one that is.
    """

    cases: tuple[OpenCase, ...]
    gone: Mapping[str, str]
    people: tuple[Candidate, ...]
    holders: Mapping[int, Candidate]
    reasons: tuple[str, ...]
    amongst: tuple[Among, ...]
    shown: Among
    weights: WeightSet
    figures: FiguresInForce

    @property
    def is_known(self) -> bool:
        """Whether any of the cases is within reach, or was taken out of it a while ago."""
        return bool(self.cases) or any(words != _GONE for words in self.gone.values())


def read_offer(wanted: Wanted, reach: Reach, figures: FiguresInForce) -> Offer:
    """Read it, as far as the reader may allocate. Five queries, and one more where a case has left their reach."""
    found = cases_called(wanted.crns, reach, snapshot_id=figures.snapshot_id, holding=wanted.holding)
    lost = set(wanted.crns) - {case.crn for case in found}
    amongst = choices_among(teams_within(reach, run_id=figures.run_id), frozenset(case.pdu_code for case in found))
    shown = among(amongst, wanted.among, found)
    held_by = {case.place_id for case in found}
    everybody = candidates(shown.reach, figures=figures, also=held_by | set(wanted.chosen))
    return Offer(
        cases=found,
        gone=dict.fromkeys(sorted(lost), _GONE) | taken_away(lost, reach) if lost else {},
        people=tuple(one for one in everybody if _is_offered(one, shown, wanted, reach)),
        holders={one.place_id: one for one in everybody if one.place_id in held_by},
        reasons=allocation_reasons(),
        amongst=tuple(amongst),
        shown=shown,
        weights=selectors.weights_of(figures.weights_version),
        figures=figures,
    )


def _is_offered(one: Candidate, shown: Among, wanted: Wanted, reach: Reach) -> bool:
    """Those of the part shown and those chosen from another, within reach; never the one whose caseload it is."""
    if wanted.holding == Holding(one.om_key, one.team_code):
        return False
    return reach.covers(one.place) and (one.team_code in shown.team_codes or one.place_id in wanted.chosen)
