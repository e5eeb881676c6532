# SPDX-License-Identifier: BSD-3-Clause
"""Every proxy of the XML is there in Python without a call of LoadPlugin, and runs on plain input.

PV_PLUGIN_PATH is set as the README says. Oracle: the proxies listed in XML/; an output with points
or rows. An error message of any filter fails the test through CTest.
"""
from paraview import simple

import proxy_xml


def plain_inputs():
    """Output ports with a data set of each kind that the filters take, clouds first."""
    mixture = simple.GaussianMixture()
    density = simple.KernelDensity(Input=mixture)
    density.UpdatePipeline() # what a port holds is known once it has been made
    return [mixture[0], density[0]]


def accepts(proxy, name, port):
    """True if the domains of an input property allow the data of an output port."""
    prop = proxy.SMProxy.GetProperty(name)
    prop.RemoveAllUncheckedProxies()
    prop.AddUncheckedInputConnection(port.SMProxy, port.Port)
    accepted = prop.IsInDomains()
    prop.RemoveAllUncheckedProxies()
    return accepted


def connect(proxy, element, candidates):
    """Gives every input of the proxy the first candidate that it accepts."""
    for prop in proxy_xml.inputs(element):
        name = prop.get("name")
        port = next((c for c in candidates if accepts(proxy, name, c)), None)
        assert port is not None, f"{element.get('name')}.{name} accepts none of the plain inputs"
        setattr(proxy, name, port)


candidates = plain_inputs()
for _, _, element in proxy_xml.proxies():
    name = element.get("name")
    assert hasattr(simple, name), f"paraview.simple has no {name}"
    proxy = getattr(simple, name)()
    connect(proxy, element, candidates)
    proxy.UpdatePipeline()
    for port in range(proxy.SMProxy.GetNumberOfOutputPorts()):
        information = proxy.GetDataInformation(port)
        size = information.GetNumberOfPoints() + information.GetNumberOfRows()
        assert size > 0, f"{name}: output {port} is empty"
        print(f"{name}: output {port}, {information.GetDataSetTypeAsString()}, {size}")
