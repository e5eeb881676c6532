# SPDX-License-Identifier: BSD-3-Clause
"""Checks the rooms of the sources: who may include whom, no cycles, no long functions.

A room is a folder whose CMakeLists.txt calls scorefields_room(NAME USES ROOM... FILES FILE...). A file
may include the headers of its own room and of the rooms after USES. Each file of a room is listed.

    check_rooms.py [--graph]    prints what is wrong, and with --graph the rooms and their includes
"""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIBRARIES = {"Numerics": ROOT / "Filters" / "Numerics", "": ROOT / "Filters"}
LONGEST_FUNCTION = 40


def rooms_of(folder):
    """The rooms below a folder: name, what it may use, and its listed files."""
    rooms = {}
    for path in sorted(folder.glob("*/CMakeLists.txt")):
        call = re.search(r"scorefields_room\(\s*(\w+)\s*(?:USES([\w\s]*?))?FILES([^)]*)\)", path.read_text())
        if call:
            rooms[call[1]] = (set((call[2] or "").split()), set(call[3].split()))
    return rooms


def sources_of(folder):
    return sorted(path for path in folder.iterdir() if path.suffix in (".h", ".cxx", ".inl"))


def included_rooms(path, prefix):
    """The rooms whose headers a file includes, with the headers."""
    pattern = rf'#include "{prefix}(\w+)/(\w+\.\w+)"'
    return [(room, header) for room, header in re.findall(pattern, path.read_text())]


def check_room(name, uses, listed, folder, prefix, rooms):
    """Problems of one room, and the rooms that it really includes."""
    problems, used = [], set()
    for path in sources_of(folder):
        if path.name not in listed:
            problems.append(f"{path.relative_to(ROOT)}: not listed in its CMakeLists.txt")
        for room, header in included_rooms(path, prefix):
            if room not in rooms or room == name:
                continue
            used.add(room)
            if room not in uses:
                problems.append(f"{path.relative_to(ROOT)}: {name} may not include {room}/{header};"
                                f" {name} uses {', '.join(sorted(uses)) or 'no other room'}")
    problems += [f"{folder.relative_to(ROOT)}/CMakeLists.txt: {name} uses {room}, but includes none of it"
                 for room in sorted(uses - used)]
    return problems, used


def cycle_in(graph):
    """A list of nodes that lead back to the first one, or None."""
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        found = next(filter(None, (visit(other) for other in sorted(graph.get(node, ())))), None)
        path.pop()
        done.add(node)
        return found

    return next(filter(None, (visit(node) for node in sorted(graph))), None)


def header_graph():
    """Which header of the sources includes which."""
    graph = collections.defaultdict(set)
    for path in (ROOT / "Filters").rglob("*.h"):
        for include in re.findall(r'(?m)^#include "([\w/]+\.h)"', path.read_text()):
            target = ROOT / "Filters" / include
            if target.exists():
                graph[str(path.relative_to(ROOT))].add(str(target.relative_to(ROOT)))
    return graph


def long_functions(path):
    """Bodies at namespace or class level with more lines than allowed, by their braces' columns.

    clang-format puts the braces of a function alone on lines of the same indentation, so a body is
    the lines between an opening brace that follows a closing parenthesis and its partner.
    """
    problems, opened = [], []
    lines = path.read_text().splitlines()
    for number, line in enumerate(lines):
        brace = re.fullmatch(r"( *)\{", line)
        if brace and number > 0:
            head = lines[number - 1].rstrip()
            is_function = len(brace[1]) <= 2 and re.search(r"\)( const| override| noexcept)*$|^ *[:,] \w.*\)$", head)
            opened.append((len(brace[1]), number, bool(is_function)))
        closing = re.fullmatch(r"( *)\}[;,)]*", line)
        while closing and opened and opened[-1][0] >= len(closing[1]):
            column, start, is_function = opened.pop()
            if column == len(closing[1]) and is_function and number - start - 1 > LONGEST_FUNCTION:
                problems.append(f"{path.relative_to(ROOT)}:{start}: a function of {number - start - 1} lines;"
                                f" at most {LONGEST_FUNCTION}")
    return problems


def main():
    problems = []
    for library, folder in LIBRARIES.items():
        rooms = rooms_of(folder)
        prefix = f"{library}/" if library else ""
        graph = {}
        for name, (uses, listed) in rooms.items():
            found, graph[name] = check_room(name, uses, listed, folder / name, prefix, rooms)
            problems += found
            if "--graph" in sys.argv:
                print(f"{prefix}{name}: {', '.join(sorted(graph[name])) or '-'}")
        cycle = cycle_in(graph)
        if cycle:
            problems.append(f"rooms in a circle: {' -> '.join(cycle)}")
    cycle = cycle_in(header_graph())
    if cycle:
        problems.append(f"headers in a circle: {' -> '.join(cycle)}")
    for path in sorted((ROOT / "Filters").rglob("*")):
        if path.suffix in (".h", ".cxx", ".inl"):
            problems += long_functions(path)
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
