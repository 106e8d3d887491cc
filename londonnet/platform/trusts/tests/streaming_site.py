"""What granian serves in a test: the product's own door, with the routes of `streaming_routes`."""

import os

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
settings.ROOT_URLCONF = "londonnet.platform.trusts.tests.streaming_routes"

from londonnet.config.wsgi import application as application  # noqa: E402  # the routes are named first
