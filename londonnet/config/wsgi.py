"""The pages' door: what granian serves."""

import gc
import os

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
# Nobody waits for a page longer than that; jobs take the time that they need.
os.environ.setdefault("LONDONNET_STATEMENT_SECONDS", "60")

application = get_wsgi_application()
# A route that doesn't declare who may use it, or applications that don't fit together, stop the start here.
if errors := run_checks(tags=["urls"]):
    raise ImproperlyConfigured("\n".join(str(error) for error in errors))
# A full collection over everything that start-up made costs half a second of some page; keep it out of them.
gc.freeze()
