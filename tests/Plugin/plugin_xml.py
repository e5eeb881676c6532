# SPDX-License-Identifier: BSD-3-Clause
"""What XML/*.xml says about the plugin's proxies, for the tests beside this file."""
import pathlib
import re
import xml.etree.ElementTree as ElementTree

FOLDER = pathlib.Path(__file__).resolve().parent.parent.parent / "XML"


def proxies():
    """(group, proxy element) of every proxy in XML/, by file name."""
    result = []
    for path in sorted(FOLDER.glob("*.xml")):
        for group in ElementTree.parse(path).iter("ProxyGroup"):
            result += [(group.get("name"), proxy) for proxy in group.findall("SourceProxy")]
    assert result, f"no proxy in {FOLDER}"
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
