// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_ReferenceValues_h
#define support_ReferenceValues_h

#include <Eigen/Core>

#include <cstddef>
#include <string>

/// Reference.h for tests of VTK classes: the headers of newer VTK rename nlohmann's namespace, so
/// that they and its own header cannot be read by one source. Paths are JSON pointers.
namespace reference
{
std::size_t SizeAt(const std::string& path);
double NumberAt(const std::string& path);
Eigen::Vector3d VectorAt(const std::string& path);
Eigen::Matrix3Xd PointsAt(const std::string& path);
}

#endif
