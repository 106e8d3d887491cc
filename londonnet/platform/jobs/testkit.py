"""For tests of applications: doing what was asked for, in the test's own thread and transaction."""

from . import claims, kinds, running
from .progress import Progress
from .selectors import Job, find


def do_waiting(most: int = 20) -> list[Job]:
    """Do the jobs that wait in the trust that is entered, one after the other; answers them as they ended.

    Jobs that these jobs ask for are done too. What they do is the test's, and is rolled back with it.

    Args:
        most: how many to do at most, so that a job that asks for itself comes to an end.
    """
    done: list[Job] = []
    for queue in (kinds.LIGHT, kinds.HEAVY) * most:
        while len(done) < most and (one := claims.claim(queue, "test")) is not None:
            running.do(one, Progress())()
            done.append(find(one.task_id))
    return done
