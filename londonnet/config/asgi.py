"""The live connections' door: what uvicorn serves. Pages have their own, in wsgi.py."""

import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
django.setup()

from londonnet.platform.live.application import build  # noqa: E402  # applications are loaded first

application = build()
# A full collection over everything that start-up made costs half a second of every open page; keep it out of them.
gc.freeze()
