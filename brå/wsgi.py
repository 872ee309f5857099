"""The door for gunicorn: brå.wsgi:application."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brå.settings")
application = get_wsgi_application()


def warm() -> None:
    """Load the printer and the seal, a second that no signer should wait for."""
    from meetings import pdf, stamping  # after the set-up above  # noqa: PLC0415

    pdf.warm()
    stamping.warm()


# A little later: the first page asked for comes before.
later = threading.Timer(5, warm)
later.daemon = True
later.start()
