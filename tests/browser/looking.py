"""Every page there is, looked at in one width: axe 0, light and dark, no sideways scroll, a quiet
console, and enlarged. The list is the doors' own, so a new page is looked at without being told.

Two test files use this, one a width, so that two cores share the longest work there is.
"""

from __future__ import annotations

from collections.abc import Callable

from members.models import Person
from tests.browser.conftest import DESK, PHONE, Watched
from tests.browser.enlarged import faults_enlarged
from tests.builders import Cast
from tests.doors import DOORS, DRAFT_DOORS, Stage, set_stage

FILES = {
    "agenda_pdf", "minutes_pdf", "extract_pdf", "attachment", "arms",
    "at_once_pdf", "correction_pdf", "paper_to_sign", "scan", "closed_pdf",
    "closed_correction_pdf", "preview",
    "preview_page",
}  # fmt: skip
# Redirects until there is something to show, or a fragment for scripts.
NOT_PAGES = {"receipt", "wall_now"}
# The window of a desk at 200 %, and the narrowest there is (WCAG 1.4.4 and 1.4.10).
ENLARGED = {DESK: (640, 400), PHONE: (320, 568)}
OPEN = (
    "/konto/login/",
    "/konto/password/reset/",
    "/tillganglighet/",
    "/om/",
    "/kontrollera/",
    "/inbjudan/x/y/",
)


def faults_of_all(cast: Cast, sign_in: Callable[..., Watched], width: int) -> list[str]:
    """What is wrong with the pages that need a sign-in, each by somebody who may see it."""
    stage = set_stage(cast)
    faults = []
    for role, paths in pages(stage).items():
        person = getattr(cast, role)
        assert isinstance(person, Person)
        watched = sign_in(person, width=width)
        faults += [fault for path in paths if (fault := look_at(watched, path, width))]
    return faults


def faults_of_open(sign_in: Callable[..., Watched], width: int) -> list[str]:
    """What is wrong with the pages for everybody."""
    watched = sign_in(None, width=width)
    return [fault for path in OPEN if (fault := look_at(watched, path, width))]


def pages(stage: Stage) -> dict[str, list[str]]:
    """Paths by the first of secretary, chair and so on who may see them."""
    found: dict[str, list[str]] = {}
    for name, (method, allowed, meeting, wanted) in [*DOORS.items(), *DRAFT_DOORS.items()]:
        if method != "get" or name in FILES | NOT_PAGES:
            continue
        role = "secretary" if "secretary" in allowed else sorted(allowed)[0]
        found.setdefault(role, []).append(stage.url(name, meeting, wanted))
    return found


def look_at(watched: Watched, path: str, width: int) -> str:
    """What is wrong with a page, or ""."""
    watched.said.clear()
    # A page that says no by its status (a dead link) is a page too; the browser notes the status.
    watched.may_refuse = "/"
    watched.go(path)
    try:
        watched.look(where=path)
    except AssertionError as error:
        return f"{path}: {error}"
    faults = faults_enlarged(watched, ENLARGED[width])
    return f"{path} at {ENLARGED[width]}: {faults}" if faults else ""
