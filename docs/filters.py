# SPDX-License-Identifier: BSD-3-Clause
"""Writes docs/filters/<Proxy>.md from XML/<Proxy>.xml: the XML is where a filter is documented.

    python3 docs/filters.py            writes the pages
    python3 docs/filters.py --check    changes nothing; fails and shows the difference if one is old
"""
import difflib
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import proxy_xml  # noqa: E402  (found through the line above)

# Proxy -> (file in docs/images, what it shows); made by docs/examples/images.py.
PICTURES = {
    "BandwidthScan": ("bandwidth_scan.png", "Shares of sound nodes, number of modes and errors over the bandwidth"),
    "CompareDensities": ("compare_densities.png", "Errors of a plain estimate and of one of sharpened points, and their distances from the truth"),
    "PointsFromArrays": ("data_axes.png", "The joint density of two arrays of a mesh, and of two columns of a table"),
    "DensityDifference": ("density_difference.png", "Where two clouds differ, for three pairs of clouds"),
    "DensityFromScore": ("density_from_score.png", "A density by FFT, what its reliable score repairs, and the error of that"),
    "DensityModes": ("density_modes.png", "Critical points, the borders between basins, and the samples of each significant mode"),
    "DensityRidges": ("density_ridges.png", "Ridge lines of points near roads and of a helix, and points moved to them"),
    "GaussianMixture": ("study_score.png", "The study's mixture and its analytic score"),
    "HighestDensityRegions": ("highest_density_regions.png", "Regions of 25, 50, 75 and 95 % of the mass, and samples outside"),
    "KernelDensity": ("study_estimate.png", "Truth and estimate, h = 0.3, with the 200 points"),
    "PointsFromShape": ("draw_your_own.png", "Points of a clicked curve, of letters and of a picture, and their densities"),
    "ScoreMatchingFit": ("score_matching_fit.png", "Six estimates from 200 points, four of them fitted by score matching"),
    "ScoreField": ("reliability.png", "Scores of one cloud by FFT and by exact sums, and why to trust each node"),
}
# Proxy -> the page of its mathematics.
MATHEMATICS = {
    "BandwidthScan": "bandwidth.md",
    "CompareDensities": "comparison.md",
    "DensityDifference": "difference.md",
    "DensityFromScore": "recovery.md",
    "DensityModes": "modes.md",
    "DensityRidges": "ridges.md",
    "GaussianMixture": "mixtures.md",
    "HighestDensityRegions": "regions.md",
    "KernelDensity": "kernel-density.md",
    "KernelDensityAtPoints": "kernel-density.md",
    "MixtureTruth": "mixtures.md",
    "ScoreField": "score.md",
    "ScoreFlow": "flow.md",
    "ScoreMatchingFit": "fit.md",
}
WIDTH = 98
NOTE = "<!-- Written by docs/filters.py from XML/{}. Edit the XML, not this file. -->"


def body(element):
    """The text of an element's Documentation, its lines kept."""
    return textwrap.dedent(element.findtext("Documentation") or "").strip()


def sentence(element):
    """The same on one line, fit for a cell of a table; the items of a list begin on new lines."""
    lines = re.sub(r"\n\s*- ", " <br>- ", body(element))
    return " ".join(lines.split()).replace("|", "\\|")


def wrapped(text, indent=""):
    """The text in lines; those after the first one are indented."""
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def choices(element):
    entries = element.findall("EnumerationDomain/Entry")
    return {entry.get("value"): entry.get("text") for entry in entries}


def default(element):
    """The default as a user reads it: a choice's text, on or off, numbers, a string."""
    value = element.get("default_values", "")
    if choices(element):
        return choices(element).get(value, value)
    if element.find("BooleanDomain") is not None:
        return {"0": "off", "1": "on"}.get(value, value)
    if element.get("command") == "SetInputArrayToProcess":
        value = re.split("[; ]", value)[-1] # index; port; connection; association; array
    if value in ("", "none"):
        return "-"
    return value.replace("|", "\\|")


def row(element):
    name = element.get("label") or element.get("name")
    if element.get("panel_visibility") == "advanced":
        name += " *"
    meaning = sentence(element)
    if any(choice not in meaning for choice in choices(element).values()):
        meaning += " One of: " + ", ".join(choices(element).values()) + "."
    return f"| {name} | {default(element)} | {meaning} |"


def inputs(proxy):
    lines = []
    for element in proxy_xml.inputs(proxy):
        types = ", ".join(t.get("value") for t in element.findall("DataTypeDomain/DataType"))
        name = element.get("label") or element.get("name")
        lines.append(wrapped(f"- **{name}** ({types}): {sentence(element)}", "  "))
    return lines


def outputs(proxy):
    ports = sorted(proxy.findall("OutputPort"), key=lambda port: int(port.get("index")))
    return [wrapped(f"- port {port.get('index')}: **{port.get('name')}** {sentence(port)}".rstrip(), "  ")
            for port in ports]


def section(title, lines):
    return ["", f"## {title}", "", *lines] if lines else []


def page(path, proxy):
    settable = [e for e in proxy_xml.settable(proxy) if e.get("panel_visibility") != "never"]
    reported = proxy_xml.reported(proxy)
    about = proxy.find("Documentation")
    lines = [f"# {proxy.get('label')}", "", NOTE.format(path.name), "",
             wrapped(about.get("long_help", "")), "", body(proxy)]
    if proxy.get("name") in MATHEMATICS:
        lines += ["", f"Formulas, errors and sources are in [the mathematics](../math/{MATHEMATICS[proxy.get('name')]})."]
    if proxy.get("name") in PICTURES:
        name, caption = PICTURES[proxy.get("name")]
        lines += ["", f"![{caption}](../images/{name})", "", f"*{caption}.*"]
    lines += section("Input", inputs(proxy))
    lines += section("Output", outputs(proxy))
    if settable:
        lines += section("Properties", [
            "In Python a property has its name without spaces. Those with * are advanced.", "",
            "| Property | Default | Meaning |", "| --- | --- | --- |", *map(row, settable)])
    if reported:
        lines += section("Reported back", [
            "| Property | Meaning |", "| --- | --- |",
            *(f"| {e.get('label') or e.get('name')} | {sentence(e)} |" for e in reported)])
    return "\n".join(lines) + "\n"


def pages():
    """File name -> text, for every proxy of every file in XML/."""
    result = {}
    index = ["# Filters and sources", "", NOTE.format("*.xml"), "",
             "| Proxy | What it gives |", "| --- | --- |"]
    for _, path, proxy in proxy_xml.proxies():
        name = proxy.get("name")
        result[f"{name}.md"] = page(path, proxy)
        about = proxy.find("Documentation").get("short_help", "")
        index.append(f"| [{proxy.get('label')}]({name}.md) | {about} |")
    result["index.md"] = "\n".join(index) + "\n"
    return result


def main():
    folder = ROOT / "docs" / "filters"
    wanted = pages()
    present = {path.name: path.read_text() for path in folder.glob("*.md")}
    if "--check" not in sys.argv:
        for name, text in wanted.items():
            (folder / name).write_text(text)
        for name in present.keys() - wanted.keys():
            (folder / name).unlink()
        return 0
    for name in sorted(wanted.keys() | present.keys()):
        sys.stdout.writelines(difflib.unified_diff(
            present.get(name, "").splitlines(True), wanted.get(name, "").splitlines(True),
            f"docs/filters/{name}", f"docs/filters/{name} from XML"))
    if wanted != present:
        print("docs/filters is not what XML/ says; run python3 docs/filters.py and commit.")
    return int(wanted != present)


if __name__ == "__main__":
    sys.exit(main())
