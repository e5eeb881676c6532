// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_ParticleDraws_h
#define Flow_ParticleDraws_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Cloud/Domain.h"
#include "Numerics/Flow/FlowState.h"

#include <Eigen/Geometry>

namespace scorefields
{
/// Particles drawn at random. Particle i is a function of the settings and
/// of its number alone. Coordinates along inactive axes are those of the samples' mean. In a closed
/// domain the images of the particles in the box are what is drawn.

/// Normal with the mean of the cloud and the covariance S + H: the density at a large bandwidth.
/// Along closed axes that is uniform in the box.
Eigen::Matrix3Xd DrawNormal(const CloudMoments& cloud, const GaussianKernel& kernel,
  std::uint64_t seed, const ParticleNumbers& numbers, const Domain& domain = {});

/// Uniform in a box. @throws std::invalid_argument naming StartBounds if it is empty or not finite.
Eigen::Matrix3Xd DrawFromBox(const CloudMoments& cloud, const Axes& axes,
  const Eigen::AlignedBox3d& box, std::uint64_t seed, const ParticleNumbers& numbers);

/// The log densities of the two above, at points that were drawn so; in a closed domain those of
/// their images in its box. One of a box without extent along an active axis is infinite.
Eigen::VectorXd LogDensityOfNormal(const CloudMoments& cloud, const GaussianKernel& kernel,
  const Eigen::Matrix3Xd& points, const Domain& domain = {});
Eigen::VectorXd LogDensityOfBox(const Axes& axes, const Eigen::AlignedBox3d& box,
  const Eigen::Matrix3Xd& points, const Domain& domain = {});

/// Samples chosen by their weights, with repetition; with noise of covariance H added to each if
/// `noise` is set: draws from the kernel density itself. @param samples  at least one.
Eigen::Matrix3Xd DrawFromSamples(const Samples& samples, const GaussianKernel& kernel, bool noise,
  std::uint64_t seed, const ParticleNumbers& numbers);
}

#endif
