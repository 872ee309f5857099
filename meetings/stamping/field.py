"""The field of the seal: invisible, made before signing, and told to screen readers.

Never a visible stamp: pyHanko's fonts would break PDF/A. What people read of the seal stands on
the page "Underskrifter", which WeasyPrint has drawn.
"""

from __future__ import annotations

from typing import Any

from meetings.stamping.parts import part

NAME = "Stämpel"
PRINT, LOCKED = 0b100, 0b10000000


def add(writer: Any, spoken: str, name: str = NAME) -> None:
    """An empty signature field on the last page, tagged /Form if the file is tagged at all.

    PDF/UA-1 wants a widget inside the structure: an element /Form that points at it (/OBJR), a
    number of its own in the ParentTree that points back, and /TU, which is what is spoken.
    """
    # Imported here, not above: half a second that only a process that seals should pay.
    from pyhanko.pdf_utils import generic  # noqa: PLC0415

    page_reference, _ = writer.find_page_for_modification(-1)
    page = page_reference.get_object()
    n, number = generic.pdf_name, generic.NumberObject
    form = part(writer.root, "/AcroForm")
    if form is None:
        form = generic.DictionaryObject({n("/Fields"): generic.ArrayObject()})
        writer.root["/AcroForm"] = writer.add_object(form)
        writer.update_root()
    fields = part(form, "/Fields")
    if fields is None:
        fields = form["/Fields"] = generic.ArrayObject()
    if any(part(one.get_object(), "/T") == name for one in fields):
        raise ValueError(f"the file has a field called {name} already")
    widget = generic.DictionaryObject(
        {
            n("/Type"): n("/Annot"),
            n("/Subtype"): n("/Widget"),
            n("/FT"): n("/Sig"),
            n("/T"): generic.pdf_string(name),
            n("/TU"): generic.pdf_string(spoken),
            n("/F"): number(PRINT | LOCKED),
            n("/Rect"): generic.ArrayObject([number(0)] * 4),
            n("/P"): page_reference,
        }
    )
    reference = writer.add_object(widget)
    tag(writer, widget, reference, page_reference)
    writer.register_annotation(page_reference, reference)
    page[n("/Tabs")] = n("/S")
    writer.update_container(page)
    fields.append(reference)
    form["/SigFlags"] = number(3)  # signatures exist, append only
    form.pop("/NeedAppearances", None)
    writer.update_container(fields)
    writer.update_container(form)


def tag(writer: Any, widget: Any, reference: Any, page: Any) -> None:
    from pyhanko.pdf_utils import generic  # noqa: PLC0415 (as above)

    root = part(writer.root, "/StructTreeRoot")
    if root is None or "/ParentTree" not in root or "/K" not in root:
        return  # a scan: nothing is tagged
    n, tree = generic.pdf_name, root["/ParentTree"]
    if "/Nums" not in tree:
        return  # a tree of several levels: no paper of ours, and no scanner's
    numbers = tree["/Nums"]
    own = next_number(root, numbers)
    parent_reference, parent = document_element(root)
    target = generic.DictionaryObject(
        {n("/Type"): n("/OBJR"), n("/Obj"): reference, n("/Pg"): page}
    )
    element = generic.DictionaryObject(
        {
            n("/Type"): n("/StructElem"),
            n("/S"): n("/Form"),
            n("/P"): parent_reference,
            n("/Pg"): page,
            n("/K"): generic.ArrayObject([target]),
        }
    )
    element_reference = writer.add_object(element)
    kids = part(parent, "/K")
    if isinstance(kids, generic.ArrayObject):
        kids.append(element_reference)
        writer.update_container(kids)
    else:
        given = [parent.raw_get("/K")] if kids is not None else []
        parent["/K"] = generic.ArrayObject([*given, element_reference])
    writer.update_container(parent)
    numbers.append(generic.NumberObject(own))
    numbers.append(element_reference)
    writer.update_container(numbers)
    root["/ParentTreeNextKey"] = generic.NumberObject(own + 1)
    writer.update_container(root)
    widget["/StructParent"] = generic.NumberObject(own)


def next_number(root: Any, numbers: Any) -> int:
    """The first number of the ParentTree that nothing has."""
    taken = [int(numbers[place]) for place in range(0, len(numbers), 2)]
    return max([int(part(root, "/ParentTreeNextKey", 0)), *(one + 1 for one in taken)])


def document_element(root: Any) -> tuple[Any, Any]:
    """The outermost element, /Document in our papers, and what refers to it."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415 (as above)

    kids = root["/K"]
    if isinstance(kids, generic.ArrayObject):
        return kids.raw_get(0), kids[0]
    return root.raw_get("/K"), kids
