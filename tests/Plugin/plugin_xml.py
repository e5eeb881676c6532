# SPDX-License-Identifier: BSD-3-Clause
"""What XML/*.xml says about the plugin's proxies, for the tests beside this file."""
import pathlib
import re
import xml.etree.ElementTree as ElementTree

FOLDER = pathlib.Path(__file__).resolve().parent.parent.parent / "XML"


def all_proxies():
    result = []
    for path in sorted(FOLDER.glob("*.xml")):
        for group in ElementTree.parse(path).iter("ProxyGroup"):
            result += [(group.get("name"), proxy) for proxy in group.findall("SourceProxy")]
    assert result, f"no proxy in {FOLDER}"
    return result


def proxies():
    """(group, proxy element) of every proxy in XML/ that a user can make, by file name.

    What a proxy has from its base in an internal group is put in front of its own properties.
    """
    bases = {proxy.get("name"): proxy for group, proxy in all_proxies()
             if group.startswith("internal_")}
    result = [(group, proxy) for group, proxy in all_proxies()
              if not group.startswith("internal_")]
    for _, proxy in result:
        base = bases.get(proxy.get("base_proxyname"))
        for element in reversed([] if base is None else properties(base)):
            proxy.insert(0, element)
    return result


def names():
    return [proxy.get("name") for _, proxy in proxies()]


def properties(proxy):
    """Every property element of a proxy, inputs and those in groups or exposed ones included."""
    return [e for e in proxy.iter() if re.fullmatch(r"\w*Property", e.tag)
            and e.get("name") is not None and e.tag != "Property"]


def settable(proxy):
    """Those with values that a user sets and C++ keeps."""
    return [e for e in properties(proxy) if e.tag.endswith("VectorProperty")
            and e.get("information_only") != "1"]
