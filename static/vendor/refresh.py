"""Fetch what others made and we ship: styles, scripts, icons and type. For maintainers only.

    python static/vendor/refresh.py            # the versions vendor.json names
    python static/vendor/refresh.py bootstrap=5.3.9 sortablejs=1.15.8

Needs npm on the path, and nothing else: neither running nor testing Brå does. Every file is copied
as it is, except that a comment naming a source map we do not ship is cut off (Django's manifest
storage stops at it). vendor.json records where each file came from and its SHA-256; its list of
icons is the place to add one.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent
REGISTER = STATIC / "vendor" / "vendor.json"
SOURCE_MAP = re.compile(rb"\s*(/\*#|//#) sourceMappingURL=.*$", re.DOTALL)

PAPER_CUTS = ("400", "400-italic", "600")
SCREEN_CUTS = ("400", "400-italic", "500", "600", "700")

# Package -> file in the package -> file here. Bootstrap's script is not here because nothing uses
# it: our menus are <details> and our dialogs are <dialog>.
FILES = {
    "bootstrap": {
        "dist/css/bootstrap.min.css": "vendor/bootstrap/bootstrap.min.css",
        "LICENSE": "vendor/bootstrap/LICENSE.txt",
    },
    "sortablejs": {
        "modular/sortable.esm.js": "vendor/sortablejs/sortable.esm.js",
        "LICENSE": "vendor/sortablejs/LICENSE.txt",
    },
    "bootstrap-icons": {"LICENSE": "img/icons-LICENSE.txt"},
    "@fontsource/source-sans-3": {
        f"files/source-sans-3-{subset}-{cut}{'' if 'italic' in cut else '-normal'}.woff2": (
            f"fonts/source-sans-3-{subset}-{cut}.woff2"
        )
        for subset, cuts in {
            "latin": SCREEN_CUTS,
            "latin-ext": SCREEN_CUTS,
            # Names from afar, on paper only: a screen has its own type for them.
            "vietnamese": PAPER_CUTS,
            "greek": PAPER_CUTS,
            "cyrillic": PAPER_CUTS,
        }.items()
        for cut in cuts
    },
}


def fetch(package: str, version: str, folder: Path) -> Path:
    """Download one package with npm (which checks its integrity) and unpack it."""
    answer = subprocess.run(
        ["npm", "pack", "--json", f"{package}@{version}"],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    archive = folder / json.loads(answer.stdout)[0]["filename"]
    target = folder / package.replace("/", "-")
    with tarfile.open(archive) as packed:
        packed.extractall(target, filter="data")
    return target / "package"


def ship(content: bytes, name: str) -> dict[str, str]:
    path = STATIC / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix in (".css", ".js"):
        content = SOURCE_MAP.sub(b"\n", content)
    path.write_bytes(content)
    return {"file": name, "sha256": hashlib.sha256(content).hexdigest()}


def sprite(icons: Path, names: list[str]) -> bytes:
    """One SVG file with a <symbol> an icon, our own marks first."""
    marks = (STATIC / "img" / "marks.svg").read_text(encoding="utf-8")
    symbols = re.findall(r"<symbol.*?</symbol>", marks, re.DOTALL)
    for name in names:
        drawing = (icons / f"{name}.svg").read_text(encoding="utf-8")
        inner = re.sub(r"\s*\n\s*", "", drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{inner}</symbol>')
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">',
        *symbols,
        "</svg>",
        "",
    ]
    return "\n".join(lines).encode()


def main(wanted: dict[str, str]) -> None:
    register = json.loads(REGISTER.read_text(encoding="utf-8"))
    for entry in register:
        name = entry["package"]
        entry["version"] = wanted.get(name, entry["version"])
        with tempfile.TemporaryDirectory() as folder:
            source = fetch(name, entry["version"], Path(folder))
            entry["files"] = [
                ship((source / theirs).read_bytes(), ours) for theirs, ours in FILES[name].items()
            ]
            if name == "bootstrap-icons":
                names = entry["icons"].split()
                entry["files"].append(ship(sprite(source / "icons", names), "img/icons.svg"))
        print(name, entry["version"], len(entry["files"]), "files")
    REGISTER.write_text(json.dumps(register, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(dict(argument.split("=", 1) for argument in sys.argv[1:]))
