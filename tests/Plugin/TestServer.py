# SPDX-License-Identifier: BSD-3-Clause
"""A pvserver has the plugin, and a client's pipeline runs on it.

    TestServer.py PVSERVER PVPYTHON      starts both and waits for them
    pvpython TestServer.py --client PORT the client

Oracle: the same pipeline in the client alone gives the same range of the density.
"""
import socket
import subprocess
import sys

HOST = "127.0.0.1"


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def start_and_wait(pvserver, pvpython):
    port = free_port()
    with subprocess.Popen([pvserver, f"--server-port={port}"],
                          stdout=subprocess.PIPE, text=True) as server:
        try:
            for line in server.stdout:
                print("server:", line, end="", flush=True)
                if line.startswith("Accepting connection"):
                    break
            return subprocess.run([pvpython, __file__, "--client", str(port)]).returncode
        finally:
            server.kill()


def density_range(simple):
    density = simple.KernelDensity(Input=simple.GaussianMixture())
    density.UpdatePipeline()
    array = density.PointData["Density"]
    return array.GetNumberOfTuples(), array.GetRange() # gathered information: nothing is moved


def client(port):
    from paraview import servermanager, simple

    alone = density_range(simple)
    simple.Connect(HOST, port)
    assert servermanager.ActiveConnection.IsRemote()
    remote = density_range(simple)
    print("alone", alone, "remote", remote)
    return int(alone != remote)


if sys.argv[1] == "--client":
    sys.exit(client(int(sys.argv[2])))
sys.exit(start_and_wait(*sys.argv[1:3]))
