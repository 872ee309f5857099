"""A drawing from outside made safe to show: municipal arms as SVG. A leaf.

An allow-list, because SVG is a whole web page format: scripts, foreign HTML, links, animation of
attributes, external files and entities are refused with the reason; what drawing programs leave
in namespaces of their own is dropped. The result is also read by WeasyPrint.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from django.core.exceptions import ValidationError

MAX_BYTES = 200_000
MAX_DEPTH = 60
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
HREFS = ("href", f"{{{XLINK}}}href")
ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon defs use symbol clipPath mask "  # noqa: SIM905
    "pattern linearGradient radialGradient stop title desc style".split()
)
# In style sheets and attributes: only references inside the drawing; no escapes to hide others.
UNSAFE_STYLE = re.compile(
    r"@import|\\|expression|javascript:|url\(\s*+['\"]?+\s*+(?!#)", re.IGNORECASE
)
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def clean(drawing: bytes) -> bytes:
    """The drawing with nothing but shapes and colours; ValidationError tells what is wrong."""
    if len(drawing) > MAX_BYTES:
        raise ValidationError("Filen är för stor. Den får vara högst 200 kB.")
    root = parsed(drawing)
    if root.tag != f"{{{SVG}}}svg":
        raise ValidationError("Filen är ingen SVG-bild.")
    clean_element(root, depth=1)
    refuse_nested_use(root)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def parsed(drawing: bytes) -> ElementTree.Element:
    """The root element. Entities never reach the parser, in whatever encoding they came."""
    try:
        text = drawing.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError("Filen är ingen SVG-bild i UTF-8.") from error
    text = DOCTYPE.sub("", DECLARATION.sub("", text), count=1)
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise ValidationError("Bilden innehåller entiteter och kan inte tas emot.")
    try:
        return ElementTree.fromstring(text)  # noqa: S314  no DTD is left to expand
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise ValidationError("Filen är ingen SVG-bild, eller så är den skadad.") from error


def clean_element(element: ElementTree.Element, *, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ValidationError("Bilden är för djupt kapslad. Spara den som enkel SVG.")
    clean_attributes(element)
    if element.tag == f"{{{SVG}}}style" and UNSAFE_STYLE.search(element.text or ""):
        raise ValidationError("Bildens stilmall hänvisar till något utanför filen.")
    for child in list(element):
        namespace, _, name = str(child.tag).rpartition("}")
        if namespace != f"{{{SVG}" or name == "metadata":
            element.remove(child)
        elif name not in ELEMENTS:
            raise ValidationError(
                f"Bilden innehåller <{name[:30]}>, som inte kan tas emot. Spara den som enkel SVG "
                "med bara former, och text omvandlad till konturer."
            )
        else:
            clean_element(child, depth=depth + 1)


def clean_attributes(element: ElementTree.Element) -> None:
    for name, value in list(element.attrib.items()):
        if name in HREFS:
            if not value.strip().startswith("#"):
                raise ValidationError("Bilden hänvisar till något utanför filen.")
        elif name.startswith("{"):
            del element.attrib[name]
        elif name.lower().startswith("on"):
            raise ValidationError("Bilden innehåller skript och kan inte tas emot.")
        elif UNSAFE_STYLE.search(value):
            raise ValidationError("Bilden hänvisar till något utanför filen.")


def refuse_nested_use(root: ElementTree.Element) -> None:
    """A <use> of something with a <use> in it doubles at every step: a bomb in a few lines."""
    use = f"{{{SVG}}}use"
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    for element in root.iter(use):
        target = next((element.get(href, "") for href in HREFS if element.get(href)), "").strip()
        drawn = named.get(target.removeprefix("#"))
        if drawn is not None and next(drawn.iter(use), None) is not None:
            raise ValidationError("Bilden upprepar sig själv. Spara den som enkel SVG.")
