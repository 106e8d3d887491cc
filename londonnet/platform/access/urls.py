"""Routes of users and their own accounts, and of the trail. Names with account_ are allauth's."""

from django.urls import include, path, re_path

from . import account_views as account
from . import users_views as users
from .routes import public, requires, signed_in

administers = requires("access.users")
_FROM_LINK = r"(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)"

urlpatterns = [
    path("sign-in", public(account.SignInView.as_view()), name="account_login"),
    path("sign-out", public(account.SignOutView.as_view()), name="account_logout"),
    path("password/reset", public(account.AskForLinkView.as_view()), name="account_reset_password"),
    path("password/reset/done", public(account.LinkAskedForView.as_view()), name="account_reset_password_done"),
    re_path(
        rf"^password/reset/key/{_FROM_LINK}$",
        public(account.SetPasswordView.as_view()),
        name="account_reset_password_from_key",
    ),
    re_path(rf"^welcome/{_FROM_LINK}$", public(account.WelcomeView.as_view()), name="welcome"),
    path("password/change", signed_in(account.ChangePasswordView.as_view()), name="account_change_password"),
    path("account", signed_in(account.my_account), name="my_account"),
    path("account/sessions/<int:pk>/end", signed_in(account.end_session), name="end_session"),
    path("users", administers(users.users), name="users"),
    path("users/add", administers(users.add_user), name="add_user"),
    path("users/<int:pk>", administers(users.user), name="user"),
    path("users/<int:pk>/change", administers(users.change_user), name="change_user"),
    path("users/<int:pk>/roles/give", administers(users.give_role), name="give_role"),
    path("users/<int:pk>/roles/<int:grant>/take", administers(users.take_role), name="take_role"),
    path("users/<int:pk>/deactivate", administers(users.deactivate), name="deactivate_user"),
    path("users/<int:pk>/reactivate", administers(users.reactivate), name="reactivate_user"),
    path("users/<int:pk>/lift-lock", administers(users.lift_lock), name="lift_lock"),
    path("users/<int:pk>/send-link", administers(users.send_link), name="send_link"),
    path("", include("londonnet.platform.audit.urls")),
]
