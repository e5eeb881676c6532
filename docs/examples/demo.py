# SPDX-License-Identifier: BSD-3-Clause
"""Every example, one after the other, and a page that shows what they drew.

  pvbatch demo.py OUTPUT_FOLDER
"""
import time

import bandwidth_film
import bandwidth_scan
import compare_densities
import data_axes
import denoiser
import density_difference
import density_from_score
import density_modes
import density_ridges
import draw_your_own
import faithful
import flow_basins
import flow_clusters
import flow_dial
import flow_memorisation
import flow_spiral
import flow_story
import highest_density_regions
import letters_film
import mode_tree
import page
import pictures
import quakes
import reliability_sweep
import score_matching_fit
import score_story
import score_view
import stability_chart
import study_arrows
import study_density
import study_figures
import study_partials

EXAMPLES = (reliability_sweep, score_view, bandwidth_film, stability_chart, bandwidth_scan, mode_tree,
            study_figures, study_density, study_partials, study_arrows, draw_your_own, letters_film,
            data_axes,
            flow_story, flow_clusters, flow_dial, flow_basins, flow_memorisation, flow_spiral, faithful,
            density_from_score, density_difference, density_modes, density_ridges, compare_densities,
            highest_density_regions, score_story, score_matching_fit, denoiser, quakes)


def main(folder):
    """Runs them all and says how long each took."""
    for example in EXAMPLES:
        start = time.monotonic()
        example.main(folder)
        print(f"{example.__name__}: {time.monotonic() - start:.1f} s", flush=True)
    print(page.write(folder))


if __name__ == "__main__":
    main(pictures.output_folder())
