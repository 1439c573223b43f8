"""WSGI entry point for granian and gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
behind = get_wsgi_application()

from mentoring.portal.front_door import FrontDoor  # noqa: E402 -- the applications are ready now

application = FrontDoor(behind)

# What is loaded by now lives to the end: the collector need not walk over it again and again.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
