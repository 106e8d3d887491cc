"""Slots: each does one job at a time, for whichever trust rings."""

import threading
from abc import abstractmethod

import structlog
from django.db import DatabaseError

from londonnet.platform.jobs import claims, kinds, running, schedules
from londonnet.platform.jobs.claims import Claim
from londonnet.platform.trusts import Trust, trust_scope

from .child import Child
from .doorbell import Doorbell
from .pulse import Pulse

log = structlog.get_logger("londonnet.jobs")


class Slot(threading.Thread):
    """A thread that answers the bell, takes a job up and does it, until the bell is closed."""

    queue: str

    def __init__(self, name: str, bell: Doorbell, pulse: Pulse) -> None:
        super().__init__(name=name, daemon=True)  # a stuck job mustn't keep a worker from ending
        self.bell, self.pulse = bell, pulse

    def run(self) -> None:
        """Work until the bell is closed. One trust's trouble never ends the slot."""
        while (trust := self.bell.answer()) is not None:
            try:
                self.look(trust)
            except DatabaseError:
                log.warning("trust can't be reached", trust=trust.slug)
            except Exception:
                log.exception("slot stumbled", trust=trust.slug)

    def look(self, trust: Trust) -> None:
        """Take up and do one job of a trust, if there is one."""
        with trust_scope(trust):
            self.tend()
            one = claims.claim(self.queue, self.name)
        if one is None:
            return
        self.bell.ring(trust)  # there may be more, for another slot
        with self.pulse.kept_alive(trust, one):
            self.do(trust, one)

    def tend(self) -> None:
        """What else is to be seen to in a trust that rang."""

    @abstractmethod
    def do(self, trust: Trust, one: Claim) -> None:
        """Do a job that was taken up."""


class LightSlot(Slot):
    """Does jobs in its own thread. It also runs schedules, and gives back the jobs of workers that died."""

    queue = kinds.LIGHT

    def tend(self) -> None:
        """Run what is due and give back what was lost; mostly two cheap queries."""
        claims.lose_the_dead()
        schedules.run_due(schedules.due(schedules.last_runs()))

    def do(self, trust: Trust, one: Claim) -> None:
        """Do the job here."""
        running.run(trust, one)


class HeavySlot(Slot):
    """Does each job in a child process, so that its memory and its processor time are nobody else's."""

    queue = kinds.HEAVY

    def do(self, trust: Trust, one: Claim) -> None:
        """Do the job in a child; one that died before its job was done has its job given back at once."""
        child = Child(trust, one)
        self.pulse.watch_child(one, child)
        if child.wait() != 0:
            log.warning("job's process died", trust=trust.slug, job=one.name, code=child.wait())
        with trust_scope(trust):
            claims.lose(one, is_a_fault=not child.was_stopped)
