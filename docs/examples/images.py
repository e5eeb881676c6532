# SPDX-License-Identifier: BSD-3-Clause
"""The pictures of the README and the documents.

  pvbatch docs/examples/images.py docs/images
"""
import pathlib
import shutil
import tempfile

import bandwidth_film
import bandwidth_scan
import compare_densities
import denoiser
import data_axes
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
import frames
import highest_density_regions
import letters_film
import mode_tree
import pictures
import quakes
import reliability_sweep
import score_matching_fit
import score_story
import score_view
import stability_chart
import study_arrows
import study_figures
import study_partials

STILL = 0.36
FILM = (0.06, 0.16, 0.36, 0.51, 0.81, 1.01, 1.51)


def main(folder):
    """Draws them elsewhere and takes over the ones that are shown."""
    with tempfile.TemporaryDirectory() as name:
        drawn = pathlib.Path(name)
        reliability_sweep.main(drawn, FILM)
        study_figures.main(drawn)
        study_partials.main(drawn, [0.31])
        study_arrows.main(drawn, [0.41])
        bandwidth_film.main(drawn)
        bandwidth_scan.main(drawn)
        mode_tree.main(drawn)
        data_axes.main(drawn)
        density_difference.main(drawn)
        density_from_score.main(drawn)
        density_ridges.main(drawn)
        compare_densities.main(drawn)
        highest_density_regions.main(drawn)
        density_modes.main(drawn)
        draw_your_own.main(drawn)
        letters_film.main(drawn)
        score_matching_fit.main(drawn)
        score_story.main(drawn)
        denoiser.main(drawn)
        stability_chart.main(drawn)
        score_view.main(drawn)
        faithful.main(drawn)
        flow_basins.main(drawn)
        flow_clusters.main(drawn)
        flow_memorisation.main(drawn)
        flow_dial.main(drawn)
        quakes.main(drawn)
        take = {
            "reliability.png": f"reliability_sweep/{FILM.index(STILL):04d}.png",
            "study_score.png": "study_3_score.png",
            "study_estimate.png": "study_4_estimate.png",
            "study_partials.png": "study_b_partials/0000.png",
            "study_arrows.png": "study_c_arrows/0000.png",
            "bandwidth_film.png": "bandwidth_film/0009.png",
            "bandwidth_scan.png": "bandwidth_scan.png",
            "mode_tree.png": "mode_tree.png",
            "data_axes.png": "data_axes.png",
            "density_difference.png": "density_difference.png",
            "density_from_score.png": "density_from_score.png",
            "density_ridges.png": "density_ridges.png",
            "compare_densities.png": "compare_densities.png",
            "density_modes.png": "density_modes.png",
            "highest_density_regions.png": "highest_density_regions.png",
            "draw_your_own.png": "draw_your_own.png",
            "score_matching_fit.png": "score_matching_fit.png",
            "score_story.png": f"score_story/{score_story.BANDWIDTHS.index(0.46):04d}.png",
            "score_story_chart.png": "score_story_chart.png",
            "denoiser.png": "denoiser.png",
            "stability_chart.png": "stability_chart.png",
            "score_view.png": "score_view.png",
            "score_view_3d.png": "score_view_3d.png",
            "faithful.png": "faithful.png",
            "flow_basins.png": "flow_basins.png",
            "flow_clusters.png": f"flow_clusters/{flow_clusters.STEPS // flow_clusters.EVERY:04d}.png",
            "flow_clusters_chart.png": "flow_clusters_chart.png",
            "flow_memorisation.png": "flow_memorisation.png",
            "flow_dial.png": f"flow_dial/{flow_dial.STEPS // flow_dial.EVERY:04d}.png",
            "flow_dial_chart.png": "flow_dial_chart.png",
            "quakes.png": "quakes.png",
        }
        for target, source in take.items():
            shutil.copyfile(drawn / source, folder / target)
        frames.animate(sorted((drawn / "letters_film").glob("*.png"))[::4], folder / "letters_film.png",
                       3, width=400)
        frames.animate(sorted((drawn / "reliability_sweep").glob("*.png")),
                       folder / "reliability_sweep.png", 1, width=640)


if __name__ == "__main__":
    main(pictures.output_folder())
