# SPDX-License-Identifier: BSD-3-Clause
"""Every proxy of the XML is there in Python without a call of LoadPlugin, and runs on plain inputs.

PV_PLUGIN_PATH is set as the README says. Oracle: the proxies listed in XML/; an output with points
or rows. An error message of any filter fails the test through CTest.
"""
from paraview import simple

import proxy_xml


def plain_inputs():
    """Output ports with a data set of each kind that the filters take, clouds first."""
    mixture = simple.GaussianMixture()
    density = simple.KernelDensity(Input=mixture, SampleDimensions=[32, 32, 1])
    density.UpdatePipeline() # what a port holds is known once it has been made
    return mixture, density


def accepts(proxy, name, port):
    """True if the domains of an input property allow the data of an output port."""
    prop = proxy.SMProxy.GetProperty(name)
    prop.RemoveAllUncheckedProxies()
    prop.AddUncheckedInputConnection(port.SMProxy, port.Port)
    accepted = prop.IsInDomains()
    prop.RemoveAllUncheckedProxies()
    return accepted


def first_input(element, cloud, image):
    """The source that ParaView connects to a new proxy: the active one, whatever it is."""
    takes = [kind.get("value") for prop in proxy_xml.inputs(element)[:1] for kind in prop.iter("DataType")]
    return image if takes == ["vtkImageData"] else cloud


def connections(proxy, element, candidates):
    """For each plain input that the first input property accepts: input property -> port."""
    names = [prop.get("name") for prop in proxy_xml.inputs(element)]
    if not names:
        return [{}]
    accepted = {name: [c for c in candidates if accepts(proxy, name, c)] for name in names}
    assert all(accepted.values()), f"{element.get('name')}: {accepted}"
    return [{**{name: ports[0] for name, ports in accepted.items()}, names[0]: port}
            for port in accepted[names[0]]]


MAY_BE_EMPTY = {("DensityModes", 2)}  # a density with one mode has no saddles


def run(element, inputs):
    name = element.get("name")
    proxy = getattr(simple, name)(**inputs)
    proxy.UpdatePipeline()
    for port in range(proxy.SMProxy.GetNumberOfOutputPorts()):
        information = proxy.GetDataInformation(port)
        size = information.GetNumberOfPoints() + information.GetNumberOfRows()
        even = name == "DensityRidges" and inputs["Input"] == image[0] # nodes of a grid have no lines
        may_be_empty = even or (name, port) in MAY_BE_EMPTY
        assert size > 0 or may_be_empty, f"{name}: output {port} is empty"
        print(f"{name}: output {port}, {information.GetDataSetTypeAsString()}, {size}")


cloud, image = plain_inputs()
candidates = [cloud[0], image[0]]
for _, _, element in proxy_xml.proxies():
    name = element.get("name")
    assert hasattr(simple, name), f"paraview.simple has no {name}"
    simple.SetActiveSource(first_input(element, cloud, image))
    for inputs in connections(getattr(simple, name)(), element, candidates):
        run(element, inputs)

# A property keeps the XML's default although the input has not run, so has no bounds to offer.
early = simple.KernelDensity(Input=simple.GaussianMixture())
assert early.Bandwidth == 1.0, f"Bandwidth starts as {early.Bandwidth}"

# A box starts as that of the points, also where nobody has asked the input for its points yet.
for name, box in (("KernelDensity", "SamplingBounds"), ("BandwidthScan", "SamplingBounds"),
                  ("KernelDensityAtPoints", "SamplingBounds"),
                  ("ScoreFlow", "StartBounds"), ("ScoreFlow", "SamplingBounds")):
    samples = simple.GaussianMixture()
    start = list(getattr(simple, name)(Input=samples).GetPropertyValue(box))
    samples.UpdatePipeline()
    assert start == list(samples.GetDataInformation().GetBounds()), f"{name}.{box} starts as {start}"

# ParaView's own Glyph leaves hidden nodes out: it asks for another ghost flag than VTK's.
noisy = simple.KernelDensity(Input=simple.GaussianMixture(), BandwidthRule="Manual", Bandwidth=0.3,
                             Engine="FFT", UseInputBounds=0, SampleDimensions=[32, 32, 1],
                             SamplingBounds=[-10, 10, -10, 10, 0, 0])
score = simple.ScoreField(Input=noisy, HideUnstable=1)
score.UpdatePipeline()
mask = simple.servermanager.Fetch(score).GetPointData().GetArray("StabilityMask")
visible = sum(mask.GetValue(i) for i in range(mask.GetNumberOfTuples()))
assert 0 < visible < mask.GetNumberOfTuples() // 2, visible
glyph = simple.Glyph(Input=score, GlyphType="Sphere", GlyphMode="All Points")
glyph.UpdatePipeline()
sphere = simple.Sphere()
sphere.UpdatePipeline()
each = sphere.GetDataInformation().GetNumberOfPoints()
drawn = glyph.GetDataInformation().GetNumberOfPoints()
assert drawn == each * visible, f"{drawn / each} glyphs for {visible} visible nodes"
