# SPDX-License-Identifier: BSD-3-Clause
"""What the XML says a property cannot be is refused with an error that names the property.

For every property with a list of choices or a range the filter is run with the number below the
first and above the last. Oracle: the entries and limits of the XML. The GUI offers nothing else;
scripts and state files can set anything, and must not get the result of another value.
"""
import sys

from paraview import simple
from paraview.vtk import vtkCommand # noqa: F401  (registers the events)
from paraview.vtk.util.misc import calldata_type
from paraview.vtk import VTK_STRING

import proxy_xml

# Settings with which a property counts, beside those with which the panel shows it.
CONTEXT = {
    "KernelDensity.SweepSteps": {"SweepSpacing": 1},
    "ScoreFlow.GuidanceWeight": {"LabelArray": ["POINTS", "Component"]},
    "ScoreFlow.NumberOfParticles": {"StartFrom": 5},
    "ScoreFlow.TailTolerance": {"Tolerance": 1e-16},
}


def inputs():
    """For each proxy what its inputs get; those that are not named stay empty."""
    mixture = simple.GaussianMixture()
    density = simple.KernelDensity(Input=mixture, SampleDimensions=[16, 16, 1])
    return {"ScoreField": {"Input": density}, "DensityFromScore": {"Input": density},
            "CompareDensities": {"Input": density, "Reference": density},
            "DensityDifference": {"Input": mixture, "InputB": mixture},
            "DensityModes": {"Input": density, "Samples": mixture},
            "HighestDensityRegions": {"Input": density, "Samples": mixture},
            "GaussianMixture": {}, None: {"Input": mixture}}


def conditions(element):
    """Settings with which the panel shows a property: name -> number."""
    shown = {}
    for decorator in element.iter("PropertyWidgetDecorator"):
        if decorator.get("type") != "GenericDecorator" or decorator.get("property") in shown:
            continue
        if decorator.get("index"): # of the name of an array, see CONTEXT
            continue
        value = int(decorator.get("value"))
        shown[decorator.get("property")] = value + 1 if decorator.get("inverse") == "1" else value
        if any(e.get("type") == "or" for e in element.iter("Expression")):
            break # one of them will do
    return shown


def outside(element):
    """Numbers that a property must refuse."""
    entries = element.findall("EnumerationDomain/Entry")
    if entries:
        values = [int(entry.get("value")) for entry in entries]
        return [min(values) - 1, max(values) + 1]
    ranges = [*element.findall("IntRangeDomain"), *element.findall("DoubleRangeDomain")]
    numbers = []
    for domain in ranges:
        if domain.get("min"):
            numbers.append(float(domain.get("min").split()[0]) - 1)
        if domain.get("max"):
            numbers.append(float(domain.get("max").split()[0]) + 1)
    is_int = element.tag == "IntVectorProperty"
    return [int(number) if is_int else number for number in numbers]


class Errors:
    """Collects what an algorithm reports, so that nothing is printed."""

    def __init__(self, algorithm):
        self.text = ""
        algorithm.AddObserver("ErrorEvent", self.add)
        algorithm.GetExecutive().AddObserver("ErrorEvent", lambda *_: None)

    @calldata_type(VTK_STRING)
    def add(self, _algorithm, _event, text):
        self.text += text


def error_of(name, given, settings):
    """What the filter says with these settings, and how many points and rows it gives."""
    proxy = getattr(simple, name)(**given)
    errors = Errors(proxy.GetClientSideObject())
    for key, value in settings.items():
        setattr(proxy, key, value)
    for port in range(proxy.SMProxy.GetNumberOfOutputPorts()):
        simple.servermanager.OutputPort(proxy, port).UpdatePipeline()
    information = proxy.GetDataInformation(0)
    size = information.GetNumberOfPoints() + information.GetNumberOfRows()
    simple.Delete(proxy)
    return errors.text, size


def vector(element, number):
    """The default with its first number replaced."""
    kind = int if element.tag.startswith("Int") else float
    values = (element.get("default_values") or "0").split()
    return [kind(number), *map(kind, values[1:])] if len(values) > 1 else kind(number)


failures, count, plain = [], 0, inputs()
for _, _, proxy in proxy_xml.proxies():
    name = proxy.get("name")
    for element in proxy_xml.settable(proxy):
        where = f"{name}.{element.get('name')}"
        for number in outside(element):
            settings = {**conditions(element), **CONTEXT.get(where, {}),
                        element.get("name"): vector(element, number)}
            text, size = error_of(name, plain.get(name, plain[None]), settings)
            count += 1
            if element.get("name") not in text:
                failures.append(f"{where} = {number}: no error names it, but: {text.strip() or 'none'}")
            if size > 0:
                failures.append(f"{where} = {number}: the output is not empty")
assert count > 50, f"only {count} numbers were tried"
print("\n".join(failures) or f"{count} numbers out of range were refused")
sys.exit(bool(failures))
