"""The messages that this room sends."""

from django.core.mail import send_mail
from django.template.loader import render_to_string

from londonnet.platform.trusts import current_trust

from .models import User


def send_link_to(user: User, link: str) -> None:
    """Send a user the link under which they set a first or a new password."""
    is_new = not user.has_usable_password()
    trust = current_trust().name
    subject = f"Your LondonNet account at {trust}" if is_new else f"Set a new LondonNet password for {trust}"
    template = "access/mail/welcome.txt" if is_new else "access/mail/new_password.txt"
    body = render_to_string(template, {"user": user, "link": link, "trust": trust})
    send_mail(subject, body, None, [user.email])
