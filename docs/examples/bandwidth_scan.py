# SPDX-License-Identifier: BSD-3-Clause
"""What a bandwidth does, in three charts: which nodes are sound, how many modes there are, how far
the estimate is from the truth.

Upright dashed lines: what the rules choose. The estimate is of the study's 200 samples.

  pvbatch bandwidth_scan.py OUTPUT_FOLDER
"""
from paraview import simple

import charts
import pictures
import study

RANGE = (0.03, 2.0)
SHARES = {
    "StableShareExact": ("sound, exact sums", charts.GREEN),
    "StableShareFFT": ("sound, FFT of this plugin", charts.BLUE),
    "StableShareClassical": ("sound, classical FFT recipe", charts.RED),
    "SignificantShare": ("score differs from 0", charts.ORANGE),
}
MODES = {
    "Modes": ("of the estimate", charts.BLUE),
    "TrueModes": ("of its expectation", charts.GREEN),
}
ERRORS = {
    "FisherDivergence": ("score: Fisher divergence", charts.RED),
    "SquaredGradientError": ("gradient: integrated square", charts.PURPLE),
    "KullbackLeibler": ("log density: Kullback-Leibler", charts.GREEN),
    "SquaredError": ("density: integrated square", charts.BLUE),
}
RULES = {
    "Silverman": ("Silverman", charts.GREY),
    "Normal scale for the gradient": ("normal scale, gradient", charts.PURPLE),
    "Likelihood cross-validation": ("likelihood", charts.COLOURS[6]),
    "Leave-one-out Hyvarinen": ("Hyvarinen", charts.COLOURS[7]),
}


def scan(points):
    """The scan of the samples, on the study's box."""
    return simple.BandwidthScan(
        Input=points, AutomaticRange=0, ScanMinimum=RANGE[0], ScanMaximum=RANGE[1], ScanSteps=80,
        UseInputBounds=0, SamplingBounds=[-10, 10, -10, 10, 0, 0])


def main(folder):
    """Draws the three charts side by side."""
    pictures.start()
    curves = scan(study.samples())
    picture = charts.Charts([520, 460, 500], 480)
    shares = picture.frame(0, "Share of the nodes", RANGE, (0, 1.6))
    charts.label_shares(shares)
    charts.draw(shares, curves, SHARES, thickness=3)
    charts.draw(shares, simple.OutputPort(curves, 1), RULES, charts.DASHED)
    shares.LegendLocation = "TopLeft"
    modes = picture.frame(1, "Number of modes", RANGE, (0.9, 300), logarithmic=True)
    charts.draw(modes, curves, MODES, thickness=3)
    errors = picture.frame(2, "Error", RANGE, (1e-3, 1e3), logarithmic=True)
    charts.draw(errors, curves, ERRORS, thickness=3)
    path = folder / "bandwidth_scan.png"
    picture.save(path)
    simple.SaveData(str(folder / "bandwidth_scan.csv"), curves)
    return path


if __name__ == "__main__":
    main(pictures.output_folder())
