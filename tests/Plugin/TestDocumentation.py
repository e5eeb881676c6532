# SPDX-License-Identifier: BSD-3-Clause
"""Every proxy and every property is documented and labelled, and its label is its Python name.

Oracle: the project's rules. ParaView makes Python names from labels, so a label with other letters
than the name would give scripts a second name for the same thing.
"""
import sys

import proxy_xml


def complaints(proxy):
    name, about = proxy.get("name"), proxy.find("Documentation")
    if about is None or not (about.text or "").strip():
        yield f"{name}: no Documentation"
    else:
        for attribute in ("short_help", "long_help"):
            if len(about.get(attribute, "")) < 10:
                yield f"{name}: no {attribute}"
    if proxy.find("Hints/ShowInMenu[@category='Score Fields']") is None:
        yield f"{name}: not in the menu Score Fields"
    for element in [proxy, *proxy_xml.properties(proxy)]:
        where = name if element is proxy else f"{name}.{element.get('name')}"
        label = element.get("label", "")
        if not label and element.get("name") != "Input":
            yield f"{where}: no label"
        elif label and "".join(c for c in label if c.isalnum()) != element.get("name"):
            yield f"{where}: the label '{label}' is another name in Python"
        if element is not proxy and not (element.findtext("Documentation") or "").strip():
            yield f"{where}: no Documentation"


checked = proxy_xml.proxies()
failures = [line for _, _, proxy in checked for line in complaints(proxy)]
print("\n".join(failures) or f"{len(checked)} proxies are documented")
sys.exit(bool(failures))
