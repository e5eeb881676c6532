# SPDX-License-Identifier: BSD-3-Clause
"""The default of each property is the same in the XML and in a new C++ object.

Oracle: the object's own PrintSelf, which prints every property under the name that the setter has.
The object is made by the class itself, so nothing of the XML has reached it.
"""
import re
import sys

from paraview import servermanager, simple  # noqa: F401  (simple connects to the server)

import proxy_xml

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf"
WORDS = {"On": "1", "Off": "0", "true": "1", "false": "0"}


def printed(group, name):
    """Property -> text, as a fresh object of the proxy's class prints itself."""
    proxy = servermanager.ProxyManager().NewProxy(group, name)
    proxy.UpdateVTKObjects()
    text = str(proxy.GetClientSideObject().NewInstance())
    pairs = (line.strip().split(":", 1) for line in text.splitlines() if ":" in line)
    return {key.strip(): value.strip() for key, value in pairs}


def numbers(text):
    return [float(n) for n in re.findall(NUMBER, text)]


def same(element, xml, cxx):
    cxx = WORDS.get(cxx, cxx)
    for entry in element.findall("EnumerationDomain/Entry"):
        if cxx == entry.get("text"):
            cxx = entry.get("value")
    if element.tag == "StringVectorProperty":
        return xml == cxx.strip("\"'").replace("(none)", "").replace("(null)", "")
    return numbers(xml) == numbers(cxx)


def compare(group, proxy):
    """(properties compared, what is wrong)"""
    name, wrong, count = proxy.get("name"), [], 0
    values = printed(group, name)
    for element in proxy_xml.settable(proxy):
        command = element.get("command", "")
        if command == "SetInputArrayToProcess" or element.get("default_values") is None:
            continue # chosen by the GUI from the input
        where, key = f"{name}.{element.get('name')}", re.sub("^(Set|Add)", "", command)
        count += 1
        xml = element.get("default_values").replace("none", "")
        if key not in values:
            wrong.append(f"{where}: not printed by PrintSelf as '{key}'")
        elif not same(element, xml, values[key]):
            wrong.append(f"{where}: '{xml}' in the XML, '{values[key]}' in C++")
    return count, wrong


results = [compare(group, proxy) for group, _, proxy in proxy_xml.proxies()]
compared = sum(count for count, _ in results)
failures = [line for _, wrong in results for line in wrong]
assert compared, "no property was compared"
print("\n".join(failures) or f"{compared} defaults agree")
sys.exit(bool(failures))
