# SPDX-License-Identifier: BSD-3-Clause
"""Times a bandwidth sweep of the Kernel Density filter beside as many single runs, and prints the
ratio, the time of a step that is kept, and the memory that the sweep keeps against its budget.

  PYTHONPATH=BUILD/plugins/ScoreFields/python /usr/bin/python3 compare_sweep.py [STEPS]

Samples: three Gaussians in 2-D; h from 0.1 to 1, or what the case says, on [-6, 6]^2, in turns with the single runs. Times are
wall clock and processor seconds of all steps together."""
import resource
import sys
import time

import numpy

from compare_fft_numpy import samples
from compare_filter_numpy import make_filter, poly_data

# points, nodes, engine, score, budget in MiB, largest bandwidth
CASES = [
    (1000000, 1024, "FFT", False, 1024, 1.0),
    (1000000, 1024, "FFT", True, 1024, 1.0),
    (1000000, 1024, "FFT", True, 100, 1.0),
    (1000000, 1024, "Auto", False, 1024, 0.3),
    (1000000, 1024, "Auto", True, 1024, 0.3),
    (10000, 512, "Exact", True, 1024, 1.0),
]


def clock():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return numpy.array([time.perf_counter(), used.ru_utime + used.ru_stime])


def timed(work):
    start = clock()
    work()
    return clock() - start


def main():
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 41
    print("points nodes engine score budget[MiB] largest h | single runs wall, cpu [s] | sweep wall, cpu [s] | "
          "ratio wall, cpu | step again [s] | kept [MiB]")
    for count, nodes, engine, score, budget, largest in CASES:
        data = poly_data(samples(count, 2))
        single = make_filter(data, 2, nodes, 0.3, engine, 1e-9, score)
        single.SetSweepCacheMemory(0.0)  # a single run that keeps nothing, not the slider's step
        sweep = make_filter(data, 2, nodes, 0.3, engine, 1e-9, score)
        sweep.BandwidthSweepOn()
        sweep.SetSweepMinimum(0.1)
        sweep.SetSweepMaximum(largest)
        sweep.SetSweepSteps(steps)
        sweep.SetSweepCacheMemory(float(budget))
        alone, together, kept = numpy.zeros(2), numpy.zeros(2), 0.0
        for step, bandwidth in enumerate(numpy.geomspace(0.1, largest, steps)):
            single.SetBandwidth(bandwidth)
            alone += timed(single.Update)
            together += timed(lambda: sweep.UpdateTimeStep(float(step)))
            kept = max(kept, sweep.GetSweepCacheUsed())
        sweep.UpdateTimeStep(float(steps - 2))
        again = timed(lambda: sweep.UpdateTimeStep(float(steps - 1)))
        assert kept <= budget, (kept, budget)
        ratio = together / alone
        print(f"{count} {nodes} {engine} {'yes' if score else 'no'} {budget} {largest} | "
              f"{alone[0]:.2f} "
              f"{alone[1]:.2f} | {together[0]:.2f} {together[1]:.2f} | {ratio[0]:.2f} {ratio[1]:.2f} "
              f"| {again[0]:.4f} | {kept:.0f}", flush=True)


if __name__ == "__main__":
    main()
