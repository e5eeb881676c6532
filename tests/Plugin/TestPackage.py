# SPDX-License-Identifier: BSD-3-Clause
"""The Debian package holds the installed plugin where Debian's ParaView has its own, and it works.

    TestPackage.py CPACK CMAKE BUILD LIBRARIES DEBIAN_LIBRARIES PLUGINS PVPYTHON

LIBRARIES is the folder of an installation of BUILD that DEBIAN_LIBRARIES is in the package, PLUGINS
the plugins' folder below both. Skipped where the tools that make the package are missing, or where
ParaView is in no package. Oracle: `cmake --install` says which files there are, dpkg-deb what the
package has. The unpacked plugin gives a density whose integral is 1.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PACKAGE = "paraview-plugin-scorefields"
OWN = {f"usr/share/doc/{PACKAGE}/copyright"}
LISTED = {"usr/bin/paraview.conf", f"usr/share/{PACKAGE}/ScoreFields.plugins.xml"}

PIPELINE = """
import os
from paraview.simple import *
samples = GaussianMixture(NumberOfPoints=200, Seed=1)
density = KernelDensity(Input=samples, BandwidthRule="Manual", Bandwidth=0.5)
total = IntegrateVariables(Input=density)
total.UpdatePipeline()
mass = total.PointData["Density"].GetRange()[0]
assert abs(mass - 1) < 0.02, mass
manager = servermanager.vtkSMProxyManager.GetProxyManager().GetPluginManager()
information = manager.GetLocalInformation()
files = [information.GetPluginFileName(i) for i in range(information.GetNumberOfPlugins())
         if information.GetPluginName(i) == "ScoreFields"]
assert len(files) == 1 and files[0].startswith(os.environ["PV_PLUGIN_PATH"]), files
"""


def output(*command):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True,
                          text=True).stdout


def missing(pvpython):
    """Why the package cannot be made here, or nothing."""
    for tool in ("dpkg-deb", "dpkg-shlibdeps", "file", "readelf"):
        if not shutil.which(tool):
            return f"{tool} is missing, which the package or this test needs"
    owner = subprocess.run(["dpkg", "-S", os.path.realpath(pvpython)], capture_output=True)
    return "this ParaView is in no package" if owner.returncode else None


def files_below(folder):
    return {str(p.relative_to(folder)) for p in pathlib.Path(folder).rglob("*") if not p.is_dir()}


def check_fields(archive):
    def field(name):
        return output("dpkg-deb", "--field", archive, name).strip()
    assert field("Package") == PACKAGE and field("Section") == "science"
    paraview = [d for d in field("Depends").split(", ") if d.split()[0] == "paraview"]
    signs = {d.split("(")[1].split()[0] for d in paraview if "(" in d}
    assert {">=", "<<"} <= signs, f"not bound to one ParaView: {paraview}"
    control = output("dpkg-deb", "--info", archive)
    assert "postinst" not in control and "prerm" not in control, "a script may leave traces"


def check_files(root, prefix, libraries, debian_libraries):
    home = pathlib.PurePath("usr", debian_libraries)
    installed = {str(home / pathlib.PurePath(f).relative_to(libraries))
                 for f in files_below(prefix)}
    packed = files_below(root)
    assert packed - LISTED == installed | OWN, (packed - LISTED) ^ (installed | OWN)
    assert packed & LISTED in (set(), LISTED), packed & LISTED
    if packed & LISTED:
        listed = (root / "usr/bin/paraview.conf").read_text().strip()
        plugin = (root / listed[1:]).read_text().split('filename="')[1].split('"')[0]
        assert (root / plugin[1:]).is_file(), f"the list names {plugin}"


def check_binaries(root):
    libraries = [p for p in root.rglob("*.so") if not p.is_symlink()]
    assert len(libraries) >= 2, libraries
    for library in libraries:
        dynamic = [line for line in output("readelf", "-d", library).splitlines()
                   if "RUNPATH" in line or "RPATH" in line]
        places = [place for line in dynamic
                  for place in line.split("[")[1].split("]")[0].split(":")]
        assert all(place.startswith("$ORIGIN") for place in places), f"{library}: {places}"
        assert ".symtab" not in output("readelf", "-S", "-W", library), f"{library} not stripped"


def main(cpack, cmake, build, libraries, debian_libraries, plugins, pvpython):
    reason = missing(pvpython)
    if reason:
        print("skipped:", reason)
        sys.exit(77)
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        output(cpack, "--config", f"{build}/CPackConfig.cmake", "-G", "DEB", "-B", folder / "made")
        archives = list((folder / "made").glob("*.deb"))
        assert len(archives) == 1, archives
        root = folder / "root"
        output("dpkg-deb", "-x", archives[0], root)
        output(cmake, "--install", build, "--prefix", folder / "installed")
        check_fields(archives[0])
        check_files(root, folder / "installed", libraries, debian_libraries)
        check_binaries(root)
        plugin_path = root / "usr" / debian_libraries / plugins
        environment = dict(os.environ, PV_PLUGIN_PATH=str(plugin_path))
        subprocess.run([pvpython, "-c", PIPELINE], check=True, env=environment)


main(*sys.argv[1:])
