"""An application of the tests' own, which offers two kinds of notice."""

from collections.abc import Sequence

from londonnet.platform.registry import AppManifest, Hooks, NoticeKind

NEWS = NoticeKind("newsroom.news", "News of the trust", "Something that concerns everybody has happened.")
CASE = NoticeKind("newsroom.case", "A case for you", "A case was given to you.", permission="workload.hours")


class NewsroomHooks(Hooks):
    """News for everybody, cases for some."""

    def notice_kinds(self) -> Sequence[NoticeKind]:
        """The two kinds."""
        return (NEWS, CASE)


MANIFEST = AppManifest("newsroom", "Newsroom", "Tells what is new.", hooks=NewsroomHooks())
