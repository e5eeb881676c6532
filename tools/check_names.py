# SPDX-License-Identifier: BSD-3-Clause
"""Checks the names that users see in the data: one list in C++, and no page that tells of another.

The list is Filters/Pipeline/FieldNames.h and, for the columns of a scan, ScanCurve. Checked are: each
name stands there once and is called what it is; no other source of the filters has it as a literal;
docs/field-data.md explains all of them and nothing else; the help texts of XML/ and the pages of
docs/ mention no name that is neither in the list nor a property, a proxy or a word of others.

    check_names.py      prints what is wrong
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

import proxy_xml

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILTERS = ROOT / "Filters"
LIST = FILTERS / "Pipeline" / "FieldNames.h"
CURVES = FILTERS / "Numerics" / "Scan" / "BandwidthScan.h"
TABLE = ROOT / "docs" / "field-data.md"
# Pages for those who change the code: they may name what is in it.
FOR_DEVELOPERS = ("architecture.md", "coding.md", "testing.md", "performance.md", "CONTRIBUTING.md",
                  "decisions", "install.md")
HISTORY = ("CHANGELOG.md",)
# Words of others that look like ours.
FOREIGN = set("""ParaView ParaViews ScoreFields CMake CMakeLists CTest GoogleTest OpenMPI ASan UBSan NumPy
    SciPy MiB GiB NaN SiZer NeurIPS ToolKit UpperCamel MyFilter MyRoutine PrintSelf LoadPlugin SaveScreenshot
    LoadDistributedPlugin
    ColorBy ResetCamera DParaView_DIR RemotingCore RemotingApplication RemotingServerManager GitHub
    JavaScript YouTube PyPI RunAccuracy RunReliability
    KDEpy""".split())
CAMEL = r"(?<![\w.:/-])(?:[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|[A-Z]{2,}[a-z]\w+)\b"


def listed():
    """Constant -> text of FieldNames.h, and the texts of ScanCurve."""
    block = LIST.read_text().split("namespace vtkscorefields::texts")[0]
    constants = re.findall(r'constexpr const char\* (\w+) = "([^"]*)";', block)
    curves = re.findall(r'case ScanCurve::\w+:\s*return "([^"]*)";', CURVES.read_text())
    assert constants and curves, "no names found"
    return constants, curves


def misnamed(constants):
    problems = [f"{LIST.relative_to(ROOT)}: {name} is \"{text}\"" for name, text in constants
                if name != text]
    texts = [text for _, text in constants]
    return problems + [f"{LIST.relative_to(ROOT)}: {text} stands twice" for text in sorted(set(texts))
                       if texts.count(text) > 1]


def literals(names):
    """Names written out where the constant belongs. A property may be called as an array is."""
    problems = []
    folders = [FILTERS, *(path.parent for path in FILTERS.glob("*/CMakeLists.txt"))]
    for path in sorted(p for folder in folders for p in folder.glob("*.cxx")):
        if "Numerics" in path.parts:
            continue
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines):
            before = lines[number - 1] if number else ""
            if "FromNumber" in line + before or "#include" in line or "os <<" in line:
                continue
            problems += [f"{path.relative_to(ROOT)}:{number + 1}: \"{text}\" instead of names::{text}"
                         for text in re.findall(r'"(\w+)"', line) if text in names]
    return problems


def of_xml():
    """Names of proxies and properties, and the help texts: (file, text)."""
    names, helps = set(), []
    for path, proxy in proxy_xml.ALL.values():
        names |= {proxy.get("name")} | {e.get("name") for e in proxy_xml.properties(proxy)}
    for path in sorted(proxy_xml.FOLDER.glob("*.xml")):
        for element in ElementTree.parse(path).iter("Documentation"):
            helps.append((path, "".join(element.itertext())))
    return names, helps


def of_sources():
    """What the code calls itself, for the pages that describe it."""
    words = set()
    for folder in (FILTERS, ROOT / "tests"):
        for path in folder.rglob("*"):
            if path.suffix in (".h", ".cxx", ".py") and path != LIST:
                words |= {path.stem} | set(re.findall(CAMEL, path.read_text()))
    return words


def pages():
    """(file, text, is it for developers) of every page but those written from the XML."""
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        parts = path.relative_to(ROOT).parts
        if "filters" in parts or path.name in HISTORY:
            continue
        yield path, path.read_text(), any(part in FOR_DEVELOPERS for part in parts)


def strangers(path, text, known):
    return [f"{path.relative_to(ROOT)}: {word} is no name in the data, no property and no proxy"
            for word in sorted(set(re.findall(CAMEL, text)) - known)]


def main():
    constants, curves = listed()
    names = {text for _, text in constants} | set(curves)
    problems = misnamed(constants) + literals(names)
    explained = set(re.findall(r"^\| `(\w+)`", TABLE.read_text(), re.M))
    problems += [f"{TABLE.relative_to(ROOT)}: {name} is not explained" for name in sorted(names - explained)]
    problems += [f"{TABLE.relative_to(ROOT)}: {name} is no name in the data" for name in sorted(explained - names)]
    properties, helps = of_xml()
    known = names | properties | FOREIGN
    for path, text in helps:
        problems += strangers(path, text, known)
    code = of_sources()
    for path, text, is_for_developers in pages():
        problems += strangers(path, text, known | code if is_for_developers else known)
    print("\n".join(problems) or f"{len(names)} names")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
