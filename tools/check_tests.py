# SPDX-License-Identifier: BSD-3-Clause
"""Checks that every unit is tested where a reader looks, and that every test says what it trusts.

A unit is a header or source of a room. Its test is the file of its name in the same folder of
tests: tests/Numerics/Exact/TestCellSums.cxx for Filters/Numerics/Exact/CellSums.h. Where that does
not exist, a table in docs/testing.md names the files that test the unit:

    | `Exact/ExactSum` | TestExactGrid, TestExactPoints |

A test file has the name of a unit, or begins with it, or stands in the table. Above every test in
tests/Numerics and tests/Filters there is a comment that begins with "Oracle:", what says that the
result is right, or with "Contract:", what must happen, where nothing is computed.

Names that a test gives to its helpers are unique within their folder, since tools/test.sh compiles
tests of a folder together. What two of them need stands in tests/support.

    check_tests.py    prints what is wrong
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "testing.md"
TESTS = {"Filters/Numerics": "tests/Numerics", "Filters": "tests/Filters"}


def units_of(folder):
    """Room/Unit of the sources below a folder, and of the VTK classes that lie in it."""
    units = {f"{path.parent.name}/{path.stem}"
             for path in (ROOT / folder).glob("*/*") if path.suffix in (".h", ".cxx")}
    return units | {path.stem for path in (ROOT / folder).glob("vtk*.h")}


def table():
    """Unit -> the names of the files that test it, from the rows of the page."""
    rows = {}
    for line in PAGE.read_text().splitlines():
        match = re.fullmatch(r"\| ((?:`[\w/]+`(?:, )?)+) \| ((?:Test\w+(?:, )?)+) \|", line)
        for unit in re.findall(r"`([\w/]+)`", match[1]) if match else []:
            rows[unit] = match[2].split(", ")
    return rows


def test_of(unit, tests):
    room, _, name = unit.rpartition("/")
    return ROOT / tests / room / f"Test{name.removeprefix('vtk')}.cxx"


def check_units(folder, tests, rows, files):
    problems = []
    for unit in sorted(units_of(folder)):
        own = test_of(unit, tests)
        if unit in rows:
            problems += [f"docs/testing.md: {unit} is tested in {name}, which does not exist"
                         for name in rows[unit] if name not in files]
            if rows[unit] == [own.stem]:
                problems.append(f"docs/testing.md: the line of {unit} says what the name says")
        elif not own.exists():
            problems.append(
                f"{folder}/{unit}: no {own.relative_to(ROOT)}, and no line in docs/testing.md")
    return problems


def check_file(path, stems, named):
    """Problems of one test file: a name that tells nothing, tests without an oracle."""
    problems = []
    name = path.stem.removeprefix("Test")
    if path.stem not in named and not any(name.startswith(stem) for stem in stems):
        problems.append(
            f"{path.relative_to(ROOT)}: not the name of a unit, and not in docs/testing.md")
    lines = path.read_text().splitlines()
    for number, line in enumerate(lines):
        if not re.match(r"TEST(_F|_P)?\(", line):
            continue
        first = number
        while first > 0 and lines[first - 1].startswith("//"):
            first -= 1
        if not re.match(r"// (Oracle|Contract): ", lines[first]):
            problems.append(
                f"{path.relative_to(ROOT)}:{number + 1}: no oracle in the comment above")
    return problems


def parameter_types(parameters):
    """The parameters of a function without their names and defaults."""
    return tuple(re.sub(r"\s*\b\w+$", "", one.split("=")[0].strip())
                 for one in re.split(r",(?![^<(]*[>)])", parameters))


def helpers_of(text):
    """What a test file defines for itself: types, constants, and functions with their parameters."""
    names = set(re.findall(r"^(?:struct|class|enum(?: class)?) (\w+)[^;{]*\{", text, re.M))
    names |= set(re.findall(r"^const(?:expr)? [\w:<>, *]+?[ *&](\w+)(?:\[[^\]]*\])*\s*[={;]", text, re.M))
    functions = re.findall(r"^[\w:<>,&* ]+?[ &*](\w+)\(([^{};]*?)\)(?: const)?\n\{", text, re.M)
    return names | {f"{name}({', '.join(parameter_types(parameters))})"
                    for name, parameters in functions if not name.startswith("TEST")}


def check_helpers(paths):
    """Names that two tests of a folder give to their helpers."""
    owners = {}
    problems = []
    for path in paths:
        for name in sorted(helpers_of(path.read_text())):
            other = owners.setdefault((path.parent, name), path)
            if other != path:
                problems.append(f"{path.relative_to(ROOT)}: {other.name} has a {name}, too; give it"
                                " another name, or put it into tests/support")
    return problems


def main():
    rows = table()
    paths = [path for tests in TESTS.values() for path in sorted((ROOT / tests).rglob("Test*.cxx"))]
    support = sorted((ROOT / "tests" / "support").glob("Test*.cxx"))
    files = {path.stem for path in paths + support}
    named = {name for names in rows.values() for name in names}
    units = {unit for folder in TESTS for unit in units_of(folder)}
    stems = {unit.rpartition("/")[2].removeprefix("vtk") for unit in units}
    problems = [f"docs/testing.md: there is no {unit}" for unit in sorted(rows.keys() - units)]
    for folder, tests in TESTS.items():
        problems += check_units(folder, tests, rows, files)
    for path in paths:
        problems += check_file(path, stems, named)
    for path in support:
        problems += check_file(path, {path.stem.removeprefix("Test")}, named)
    problems += check_helpers(paths)
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
