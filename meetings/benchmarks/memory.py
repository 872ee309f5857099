"""What a worker weighs after many PDFs, against after the first: in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

from meetings import sealing
from meetings.benchmarks.figures import Figure, Sizes
from meetings.models import Meeting

WORKER = """
import json, sys
import django
django.setup()
from meetings import pdf
from meetings.pdf import Standing

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1])

told = json.load(sys.stdin)
weights = []
for _ in range(told["papers"]):
    pdf.render_minutes(snapshot=told["snapshot"], standing=Standing(state="signing"), arms=None)
    weights.append(resident())
print(weights[0], weights[-1])
"""


def figure(meeting: Meeting, sizes: Sizes) -> Figure:
    told = {"papers": sizes.papers, "snapshot": sealing.read(meeting.sealed.version)}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", WORKER], input=json.dumps(told), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    first, last = map(int, done.stdout.split())
    page = 4096 / 1e6
    told_sizes = f"{last * page:.0f} MB mot {first * page:.0f} MB"
    return Figure(
        "worker_memory", last / first, "×", f"efter {sizes.papers} PDF-filer mot en ({told_sizes})"
    )
