# SPDX-License-Identifier: BSD-3-Clause
"""Checks the pages: short lines, links and paths that lead somewhere, functions that are where a page
says.

    check_docs.py PAGE...    prints what is wrong

- A line has at most 100 columns. Rows of tables are free; the target of a link does not count.
- The target of a link to a file exists, and so does a file named in backticks: a path from the top of
  the project (`docs/filters.py`), or a room and a file without its ending (`Tails/WhiteCells`).
- In a row of a table that ends with such files, each function in backticks in the cell before occurs
  in one of them: | 3 | The samples become a mesh. | `FftDensity::Spread` | `Transform/FftDensity` |.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LONGEST = 100
FOLDERS = ("Filters", "Plugin", "XML", "data", "docs", "tests", "tools")
SOURCES = (ROOT / "Filters", ROOT / "Filters" / "Numerics")
ROOMS = {path.parent.name for folder in SOURCES for path in folder.glob("*/CMakeLists.txt")}


def files_of(name):
    """The files that a name in backticks stands for; None if it does not look like one."""
    first = name.split("/")[0]
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?", name) or "My" in name:
        return None # no path, or a placeholder such as XML/MyFilter.xml
    if first in ROOMS:
        return [path for folder in SOURCES for path in folder.glob(name if "." in name else f"{name}.*")]
    return list(ROOT.glob(name)) if first in FOLDERS else None


def names_in(text):
    return re.findall(r"`([^`]+)`", text)


def functions_missing(row):
    """Functions of a table's row that none of its files has."""
    cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
    if len(cells) < 2:
        return []
    files = [path for name in names_in(cells[-1]) for path in files_of(name) or []]
    text = "\n".join(path.read_text() for path in files if path.suffix in (".h", ".cxx", ".py"))
    functions = [name.split("::")[-1] for name in names_in(cells[-2]) if re.fullmatch(r"[\w:]+", name)]
    return [name for name in functions if text and not re.search(rf"\b{re.escape(name)}\b", text)]


def shown(line):
    """The line without the targets of its links."""
    return re.sub(r"\]\([^)]*\)", "]", line)


def complaints_of_line(line, page):
    is_row = line.startswith("|")
    if not is_row and len(shown(line)) > LONGEST:
        yield f"{len(shown(line))} columns; at most {LONGEST}"
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", re.sub(r"`[^`]*`", "", line)):
        if not (page.parent / target).exists():
            yield f"a link to {target}, which does not exist"
    for name in names_in(line):
        if files_of(name) == []:
            yield f"there is no file {name}"
    if is_row:
        for name in functions_missing(line):
            yield f"no {name} in the files of this row"


def complaints(page):
    is_code = False
    for number, line in enumerate(page.read_text().splitlines(), start=1):
        is_code = is_code != line.startswith("```")
        lines = [f"{len(line)} columns"] if is_code and len(line) > LONGEST else []
        for text in lines if is_code else complaints_of_line(line, page):
            yield f"{page.relative_to(ROOT)}:{number}: {text}"


def main():
    found = [line for name in sys.argv[1:] for line in complaints((ROOT / name).resolve())]
    print("\n".join(found))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
