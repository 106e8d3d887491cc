"""One-time links: to set a first password, or a new one."""

from datetime import timedelta
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int

from londonnet.config.environment import ENV
from londonnet.platform.trusts import Trust, current_trust

from .models import User

NEW_USERS_HAVE = timedelta(days=3)
OTHERS_HAVE = timedelta(hours=24)


class OneTimeTokens(PasswordResetTokenGenerator):
    """Tokens that die with the password they replace, at the next sign-in, and of age; signed by the trust's key.

    The longer age, for new users, is Django's PASSWORD_RESET_TIMEOUT too, which it checks by itself.
    """

    def check_token(self, user: Any, token: str | None) -> bool:
        """Whether the token was made for that user in this trust, and may still be used."""
        if not user or not user.is_active or not super().check_token(user, token):
            return False
        made = base36_to_int(str(token).partition("-")[0])
        allowed = OTHERS_HAVE if user.has_usable_password() else NEW_USERS_HAVE
        return self._num_seconds(self._now()) - made <= allowed.total_seconds()


def one_time_link(user: User) -> str:
    """The whole address under which a user sets a password, once.

    Raises:
        NoTrustEntered: no trust is entered.
    """
    name = "account_reset_password_from_key" if user.has_usable_password() else "welcome"
    place = {"uidb36": user_pk_to_url_str(user), "key": OneTimeTokens().make_token(user)}
    return absolute(reverse(name, kwargs=place))


def absolute(path: str) -> str:
    """The whole address of a page of the current trust, as a browser outside opens it."""
    port = "" if ENV.https else f":{ENV.web_port}"
    return f"{'https' if ENV.https else 'http'}://{hostname(current_trust())}{port}{path}"


def hostname(trust: Trust) -> str:
    """The name that a trust answers on."""
    return ENV.base_domain if trust.is_default else f"{trust.slug}.{ENV.base_domain}"
