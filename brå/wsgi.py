"""The door for gunicorn: brå.wsgi:application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brå.settings")
application = get_wsgi_application()
