# SPDX-License-Identifier: BSD-3-Clause
"""The VTK classes can be used from Python without ParaView's proxies.

PYTHONPATH is set as docs/install.md says. Oracle: one class per proxy, as the XML names them.
"""
from scorefields import vtkScoreFields

import proxy_xml

for _, _, proxy in proxy_xml.proxies():
    instance = getattr(vtkScoreFields, proxy.get("class"))()
    assert instance.IsA("vtkAlgorithm"), proxy.get("class")
    print(instance.GetClassName())
