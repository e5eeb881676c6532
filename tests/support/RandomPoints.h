// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_RandomPoints_h
#define support_RandomPoints_h

#include <Eigen/Core>

#include <random>

/// n points in [-1/2, 1/2)^3, 0 in the axes from `dimension` on. The engine is specified by the
/// standard; distributions are not, so the scaling is ours.
inline Eigen::Matrix3Xd RandomPoints(Eigen::Index n, unsigned int seed, int dimension = 3)
{
  std::mt19937 engine(seed);
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, n);
  for (Eigen::Index i = 0; i < n; ++i)
  {
    for (int axis = 0; axis < dimension; ++axis)
    {
      points(axis, i) = static_cast<double>(engine()) / 4294967296.0 - 0.5;
    }
  }
  return points;
}

#endif
