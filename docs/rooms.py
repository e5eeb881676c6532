# SPDX-License-Identifier: BSD-3-Clause
"""Draws docs/images/rooms.svg, the picture of docs/architecture.md, from the includes of the sources.

    python3 docs/rooms.py            draws the picture; needs dot of Debian's package graphviz
    python3 docs/rooms.py --check    needs no dot; fails if the picture or the page is old
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import check_rooms  # noqa: E402  (found through the line above)

PICTURE = ROOT / "docs" / "images" / "rooms.svg"
PAGE = ROOT / "docs" / "architecture.md"

# What a room is for, in the few words that a box has space for.
CAPTIONS = {
    "Base": "types, threads, FFTW, kernel",
    "Shape": "points drawn from cells",
    "Cloud": "samples, moments, grid",
    "Exact": "sums over samples",
    "Transform": "mesh, Fourier transform",
    "Splines": "density anywhere",
    "Products": "sums over a mesh by axes",
    "Tails": "samples that count far out",
    "Density": "which route for which node",
    "Bandwidth": "rules that choose a kernel",
    "Mixture": "known truth",
    "Score": "score and verdict",
    "Comparison": "distances between densities",
    "Difference": "where two clouds differ",
    "Regions": "regions of highest density",
    "Recovery": "density from a score",
    "Fit": "models by score matching",
    "Flow": "particles",
    "Ridges": "filaments of a density",
    "Modes": "maxima of a density",
    "Scan": "everything over the bandwidth",
    "Pipeline": "VTK, MPI, time, caches",
    "Input": "from VTK data",
    "Output": "to VTK arrays",
    "Runs": "what a filter does in turn",
}


def graph(library):
    """Room -> the rooms of the same library whose headers it includes."""
    folder = check_rooms.LIBRARIES[library]
    rooms = check_rooms.rooms_of(folder)
    prefix = f"{library}/" if library else ""
    return {name: check_rooms.check_room(name, uses, listed, folder / name, prefix, rooms)[1]
            for name, (uses, listed) in rooms.items()}


def below(room, uses):
    """All rooms that a room reaches through others."""
    return set().union(*({other} | below(other, uses) for other in uses[room]))


def reduced(uses):
    """The arrows that do not follow from other arrows."""
    return {room: {other for other in others
                   if not any(other in below(third, uses) for third in others - {other})}
            for room, others in uses.items()}


def summary(numerics, filters):
    """The graph as a text that the picture carries, so that an old picture can be told."""
    both = sorted({**numerics, **filters}.items())
    return "; ".join(f"{room}: {' '.join(sorted(uses)) or '-'}" for room, uses in both)


def box(room):
    return f'{room} [label=<<b>{room}</b><br/><font point-size="11">{CAPTIONS.get(room, "")}</font>>];'


def dot(numerics, filters):
    """The picture in the language of graphviz."""
    lines = [
        "digraph rooms {",
        'graph [fontname="Helvetica", rankdir=TB, ranksep=0.3, nodesep=0.25, compound=true, bgcolor=white];',
        'node [fontname="Helvetica", fontsize=15, shape=box, style="filled,rounded", fillcolor=white];',
        'edge [arrowsize=0.7, color="#444444"];',
        'XML [label=<<b>XML</b><br/><font point-size="11">names, defaults, help</font>>, fillcolor="#f3e3c3"];',
        'Classes [label=<<b>vtk... classes</b><br/><font point-size="11">one for each filter</font>>,'
        ' fillcolor="#cfe2f3"];',
        "XML -> Classes; Classes -> Runs;",
    ]
    for name, label, colour, uses in (("filters", "Filters: VTK, MPI", "#eaf2fa", filters),
                                      ("numerics", "Filters/Numerics: no VTK", "#eaf6ea", numerics)):
        lines += [f"subgraph cluster_{name} {{", f'label="{label}"; labeljust=l; fontsize=15;'
                  f' style=filled; color="{colour}";', *map(box, sorted(uses)), "}"]
        lines += [f"{room} -> {other};" for room, others in sorted(reduced(uses).items())
                  for other in sorted(others)]
    lines += ["Pipeline -> Scan [lhead=cluster_numerics, minlen=2];",
              'Libraries [label="Eigen, FFTW, Highway", fillcolor="#e6e6e6"]; Base -> Libraries;', "}"]
    return "\n".join(lines)


def draw(numerics, filters):
    svg = subprocess.run(["dot", "-Tsvg"], input=dot(numerics, filters), check=True, text=True,
                         stdout=subprocess.PIPE).stdout
    svg = re.sub(r"<!--.*?-->\n?|<!DOCTYPE[^>]*>\n?", "", svg, flags=re.DOTALL)
    described = f"<desc>{summary(numerics, filters)}</desc>\n<g id=\"graph0\""
    licence = "<!-- SPDX-License-Identifier: BSD-3-Clause; drawn by docs/rooms.py -->\n<svg"
    svg = svg.replace('<g id="graph0"', described, 1).replace("<svg", licence, 1)
    PICTURE.write_text(re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE))


def told():
    """Room -> the rooms that it uses, as the page says: "**Tails** uses Base and Cloud."."""
    found = re.findall(r"^\*\*(\w+)\*\* uses ([^.]+)\.", PAGE.read_text(), flags=re.MULTILINE)
    return {room: set(re.findall(r"\b[A-Z]\w+", uses)) for room, uses in found}


def check(numerics, filters):
    """What the page and the picture say otherwise than the sources."""
    truth, page = {**numerics, **filters}, told()
    for room in sorted(truth.keys() | page.keys()):
        if room not in page:
            yield f"docs/architecture.md: no paragraph begins with '**{room}** uses'"
        elif room not in truth:
            yield f"docs/architecture.md: there is no room {room}"
        elif page[room] != truth[room]:
            yield f"docs/architecture.md: {room} uses {', '.join(sorted(truth[room])) or 'no other room'}"
    missing = sorted(truth.keys() - CAPTIONS.keys())
    if missing:
        yield f"docs/rooms.py: no caption for {', '.join(missing)}"
    if f"<desc>{summary(numerics, filters)}</desc>" not in PICTURE.read_text():
        yield "docs/images/rooms.svg is old: run python3 docs/rooms.py"


def main():
    numerics, filters = graph("Numerics"), graph("")
    if "--check" not in sys.argv:
        draw(numerics, filters)
        return 0
    complaints = list(check(numerics, filters))
    print("\n".join(complaints))
    return int(bool(complaints))


if __name__ == "__main__":
    sys.exit(main())
