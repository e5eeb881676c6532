# SPDX-License-Identifier: BSD-3-Clause
"""Reads XML/*.xml as ParaView does: a proxy also has the properties of its base proxy."""
import pathlib
import re
import xml.etree.ElementTree as ElementTree

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "XML"
PUBLIC_GROUPS = ("sources", "filters")


def _all_proxies():
    """(group, name) -> (file, element), base proxies included, in order of the files."""
    found = {}
    for path in sorted(FOLDER.glob("*.xml")):
        for group in ElementTree.parse(path).iter("ProxyGroup"):
            for proxy in group.findall("SourceProxy"):
                found[group.get("name"), proxy.get("name")] = path, proxy
    assert found, f"no proxy in {FOLDER}"
    return found


ALL = _all_proxies()


def proxies():
    """(group, file, element) of every proxy that users see."""
    return [(group, path, proxy) for (group, _), (path, proxy) in ALL.items()
            if group in PUBLIC_GROUPS]


def names():
    return [proxy.get("name") for _, _, proxy in proxies()]


def properties(proxy):
    """Every property element of a proxy: its own, then those of its base that it does not replace."""
    own = [e for e in proxy.iter() if re.fullmatch(r"\w+Property", e.tag) and e.get("name")]
    base = ALL.get((proxy.get("base_proxygroup"), proxy.get("base_proxyname")))
    replaced = {e.get("name") for e in own}
    return own + [e for e in (properties(base[1]) if base else ())
                  if e.get("name") not in replaced]


def inputs(proxy):
    return [e for e in properties(proxy) if e.tag == "InputProperty"]


def settable(proxy):
    """Those with values that a user sets and C++ keeps."""
    return [e for e in properties(proxy) if e.tag.endswith("VectorProperty")
            and e.get("information_only") != "1"]


def reported(proxy):
    """Those with values that a user reads."""
    return [e for e in properties(proxy) if e.tag.endswith("VectorProperty")
            and e.get("information_only") == "1"]
