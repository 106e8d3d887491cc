"""Telling users, around Alice, Bob and Charlie."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from londonnet.platform.access.models import RoleGrant, User
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.jobs.models import JobState
from londonnet.platform.jobs.schedules import schedules
from londonnet.platform.jobs.testkit import do_waiting
from londonnet.platform.live.topics import granted
from londonnet.platform.notices import kinds, letters, selectors, services
from londonnet.platform.notices.models import Delivery, Notice, OutboxMessage
from londonnet.platform.notices.services import notify
from londonnet.platform.registry import applications
from londonnet.platform.trusts import Trust, trust_scope

from .newsroom import CASE, NEWS

pytestmark = pytest.mark.usefixtures("newsroom")


def chose(user: User, kind: str, delivery: Delivery) -> None:
    services.save_choices(user=user, chosen={kind: delivery})


def test_each_recipient_has_a_notice_of_their_own(in_alpha: Trust, alice: User, bob: User, charlie: User) -> None:
    assert notify(kind=NEWS.name, users=[alice.pk, bob.pk, bob.pk], title="Bank holiday", url="/help") == 2
    assert selectors.unread_count(alice) == selectors.unread_count(bob) == 1
    assert selectors.unread_count(charlie) == 0
    (line,) = selectors.newest_unread(alice)
    assert (line.label, line.title, line.url, line.is_read) == (NEWS.label, "Bank holiday", "/help", False)


def test_whoever_may_not_have_a_kind_gets_nothing(in_alpha: Trust, alice: User, bob: User) -> None:
    assert notify(kind=CASE.name, users=[alice.pk, bob.pk], title="A case") == 1
    assert list(Notice.objects.values_list("user_id", flat=True)) == [bob.pk]


def test_a_notice_is_hidden_from_whoever_may_not_have_its_kind_any_more(in_alpha: Trust, bob: User) -> None:
    notify(kind=CASE.name, users=[bob.pk], title="A case")
    RoleGrant.objects.filter(user=bob).delete()
    bob = User.objects.get(pk=bob.pk)
    assert selectors.unread_count(bob) == 0
    assert selectors.notices_page(bob).rows == ()
    assert services.open_notice(user=bob, pk=Notice.objects.get().pk) is None


def test_a_deactivated_user_gets_nothing(in_alpha: Trust, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert notify(kind=NEWS.name, users=[alice.pk], title="News") == 0


def test_the_same_thing_is_told_once(in_alpha: Trust, alice: User, bob: User) -> None:
    assert notify(kind=NEWS.name, users=[alice.pk], title="News", once_key="2026-11-20") == 1
    assert notify(kind=NEWS.name, users=[alice.pk, bob.pk], title="News again", once_key="2026-11-20") == 1
    assert notify(kind=NEWS.name, users=[alice.pk], title="Later news", once_key="2026-11-21") == 1
    assert [line.title for line in selectors.newest_unread(alice)] == ["Later news", "News"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(user=alice, kind=NEWS.name, title="Third", once_key="2026-11-20")


def test_who_is_told_the_same_by_several_at_one_moment_is_told_once(
    fresh_trust: Trust, make_user: Callable[..., User]
) -> None:
    user = make_user(fresh_trust, "erin@example.org")
    together = Barrier(4)

    def tell(_: int) -> None:
        with trust_scope(fresh_trust), transaction.atomic():
            together.wait(30)
            notify(kind=NEWS.name, users=[user.pk], title="News", once_key="2026-11-20")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tell, range(4)))
    with trust_scope(fresh_trust):
        assert Notice.objects.count() == 1


def test_without_a_key_each_is_told(in_alpha: Trust, alice: User) -> None:
    notify(kind=NEWS.name, users=[alice.pk], title="News")
    notify(kind=NEWS.name, users=[alice.pk], title="News")
    assert selectors.unread_count(alice) == 2


def test_a_notice_goes_with_the_change_that_was_rolled_back(in_alpha: Trust, alice: User) -> None:
    chose(alice, NEWS.name, Delivery.AT_ONCE)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify(kind=NEWS.name, users=[alice.pk], title="News")
        raise ZeroDivisionError
    assert not Notice.objects.exists()
    assert not JobState.objects.exists()


def test_who_switched_a_kind_off_gets_nothing(in_alpha: Trust, alice: User, bob: User) -> None:
    chose(alice, NEWS.name, Delivery.OFF)
    assert notify(kind=NEWS.name, users=[alice.pk, bob.pk], title="News") == 1
    assert not Notice.objects.filter(user=alice).exists()


def test_a_choice_stands_in_the_trail_and_a_kind_that_one_may_not_have_is_left_out(
    in_alpha: Trust, alice: User
) -> None:
    services.save_choices(user=alice, chosen={NEWS.name: Delivery.DAILY, CASE.name: Delivery.AT_ONCE})
    entry = TrailEntry.objects.get(kind="notices.choices_saved")
    assert (entry.before, entry.after) == ({NEWS.name: "product"}, {NEWS.name: "daily"})
    services.save_choices(user=alice, chosen={NEWS.name: Delivery.DAILY})
    assert TrailEntry.objects.filter(kind="notices.choices_saved").count() == 1


def test_an_email_at_once_says_only_that_there_is_something(in_alpha: Trust, alice: User, bob: User) -> None:
    chose(alice, NEWS.name, Delivery.AT_ONCE)
    notify(kind=NEWS.name, users=[alice.pk, bob.pk], title="X123456 is yours", text="Tier A1", url="/cases/X123456")
    do_waiting()
    letter = OutboxMessage.objects.get()
    assert letter.to == alice.email
    assert letter.subject == f"LondonNet: {NEWS.label}"
    assert NEWS.label in letter.body
    assert f"/notices/{Notice.objects.get(user=alice).pk}\n" in letter.body
    for word in ("X123456", "A1", "/cases"):
        assert word not in letter.subject + letter.body
    do_waiting()
    assert letters.write_waiting(Delivery.AT_ONCE) == 0


def test_one_email_a_day_holds_what_is_still_unread(in_alpha: Trust, bob: User) -> None:
    services.save_choices(user=bob, chosen={NEWS.name: Delivery.DAILY, CASE.name: Delivery.DAILY})
    for title in ("first", "second", "third"):
        notify(kind=NEWS.name, users=[bob.pk], title=title)
    notify(kind=CASE.name, users=[bob.pk], title="fourth")
    do_waiting()
    assert not OutboxMessage.objects.exists()
    services.open_notice(user=bob, pk=Notice.objects.get(title="second").pk)
    assert letters.write_waiting(Delivery.DAILY) == 1
    letter = OutboxMessage.objects.get()
    assert letter.subject == "LondonNet: 3 notices"
    assert f"- {NEWS.label} (2)\n- {CASE.label}\n" in letter.body
    assert letters.write_waiting(Delivery.DAILY) == 0


def test_the_morning_asks_for_emails_only_where_there_is_something_to_tell(in_alpha: Trust, alice: User) -> None:
    (morning,) = [one for one in schedules() if one.name == "notices.daily_email"]
    morning.run()
    assert do_waiting() == []
    chose(alice, NEWS.name, Delivery.DAILY)
    notify(kind=NEWS.name, users=[alice.pk], title="News")
    morning.run()
    (done,) = do_waiting()
    assert done.result == {"letters": 1}
    assert OutboxMessage.objects.get().subject == f"LondonNet: {NEWS.label}"


def test_nothing_is_mailed_to_who_left_in_the_meantime(in_alpha: Trust, alice: User) -> None:
    chose(alice, NEWS.name, Delivery.DAILY)
    notify(kind=NEWS.name, users=[alice.pk], title="News")
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert letters.write_waiting(Delivery.DAILY) == 0


def test_telling_many_takes_as_many_statements_as_telling_one(
    in_alpha: Trust, make_user: Callable[..., User], count_queries: Callable[[], AbstractContextManager[Any]]
) -> None:
    users = [make_user(in_alpha, f"u{n}@example.org", ("team_manager", "team", "N07T01")) for n in range(30)]
    for user in users:
        chose(user, CASE.name, Delivery.AT_ONCE)
    counts = []
    for some in (users[:1], users[1:]):
        with count_queries() as counted:
            notify(kind=CASE.name, users=[user.pk for user in some], title="A case", once_key="1")
        counts.append(counted.count)
    assert counts[0] == counts[1] <= 15


def test_the_bell_of_each_recipient_is_woken_with_ids_only(
    in_alpha: Trust, alice: User, count_queries: Callable[[], AbstractContextManager[Any]]
) -> None:
    with count_queries() as counted:
        notify(kind=NEWS.name, users=[alice.pk], title="A name")
    (said,) = [text for text in counted.texts if "pg_notify" in text]
    assert f'["notices:user:{alice.pk}"]' in said


def test_nobody_else_may_follow_a_users_notices(in_alpha: Trust, alice: User, bob: User, administrator: User) -> None:
    topic = f"notices:user:{alice.pk}"
    assert granted(alice, [topic]) == {topic}
    assert not granted(bob, [topic])
    assert not granted(administrator, [topic])


def test_another_trust_has_notices_of_its_own(alpha: Trust, beta: Trust, alice: User, dana: User) -> None:
    with trust_scope(beta):
        notify(kind=NEWS.name, users=[dana.pk], title="In beta")
    with trust_scope(alpha):
        assert not Notice.objects.exists()
        assert notify(kind=NEWS.name, users=[dana.pk + 1000], title="In alpha") == 0


def test_a_kind_that_nobody_offers_and_a_page_elsewhere_are_refused(in_alpha: Trust, alice: User) -> None:
    with pytest.raises(kinds.NoticeKindUnknown):
        notify(kind="news.unheard_of", users=[alice.pk], title="News")
    for url in ("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"):
        with pytest.raises(services.BadNoticeUrl):
            notify(kind=NEWS.name, users=[alice.pk], title="News", url=url)


def test_notices_of_more_than_90_days_are_cleared_away(in_alpha: Trust, alice: User) -> None:
    now = timezone.now()
    for days in (89, 91):
        old = Notice.objects.create(user=alice, kind=NEWS.name, title=f"{days} days old")
        Notice.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=days))
    assert services.clear_away(now) == 1
    assert Notice.objects.get().title == "89 days old"


def test_every_kind_of_the_house_is_named_after_its_application() -> None:
    offered = [(manifest.name, kind) for manifest in applications() for kind in manifest.hooks.notice_kinds()]
    names = [kind.name for _, kind in offered]
    assert len(names) == len(set(names))
    permissions = {permission.name for manifest in applications() for permission in manifest.permissions}
    for application, kind in offered:
        assert kind.name.startswith(f"{application}."), kind.name
        assert not kind.permission or kind.permission in permissions, kind.name
