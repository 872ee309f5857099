"""`{% piece "…/_part.html" name=value %}`: an include that is drawn once and kept."""

from __future__ import annotations

from django import template

from meetings.views import fragments

register = template.Library()
# The part has the values it is given, plain ones, and `icons`; nothing of the page around it.
register.simple_tag(fragments.piece, name="piece")
