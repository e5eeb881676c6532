// SPDX-License-Identifier: BSD-3-Clause
#ifndef Products_ProductSum_h
#define Products_ProductSum_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Products/ProductPlan.h"
#include "Numerics/Transform/Spreading.h"

#include <memory>
#include <optional>

namespace scorefields
{
/// A mesh of all samples, and its plan.
struct KeptMesh
{
  ProductPlan Plan;
  Mesh Weights;

  double Bytes() const { return sizeof(double) * static_cast<double>(this->Plan.Mesh.Size()); }
};

/// What one estimate of a cloud keeps for the next.
struct MeshKeeper
{
  std::shared_ptr<const KeptMesh> Mesh;
  std::optional<NodesBeyond> Beyond; ///< as counted last

  double Bytes() const { return this->Mesh ? this->Mesh->Bytes() : 0.0; }
};

/// What is asked of a sum over a mesh.
struct ProductTask
{
  const GaussianKernel& Kernel; ///< diagonal; the plan's, or a wider one of the same shape
  const Grid& Nodes;
  const NodeBlock& Block;
  const FieldView& Fields; ///< all but KishSampleSize; Density must not be null
  double TotalWeight;      ///< what the estimate is divided by
  double SampleCount;
};

/// A kernel density at the nodes of a grid, from samples that B-splines have spread to a mesh:
///   f(x) = 1/W sum_j m_j prod_a k_a(x_a - z_ja),
/// with the k~ of AxisKernel.h, on closed axes the sum of its images, and derivatives of the k_a
/// for those of f. The kernel is a product, so the sum is done axis by axis:
///
/// 1. along the first axis, for eight nodes x_0 and all other axes of the mesh,
/// 2. along the second axis, for eight nodes x_1 and the third axis of the mesh,
/// 3. along the third axis.
///
/// Each step is a product of two matrices, one of them a table of k_a. In fewer dimensions the last
/// steps are missing. A transform has an absolute error; here all terms are positive, so that the
/// error is relative, in the tails as well: for a sample at r bandwidths epsilon(r) of its own
/// term.
///
/// Which nodes are served follows from the sum itself. Samples farther than R = plan.Reach add at
/// most K(0) exp(-R^2 / 2) each, so at a node with f >= K(0) exp(-R^2 / 2) their error is at most
/// epsilon(R) f; that of all others is at most epsilon(R) f, too. (epsilon(r) exp(-r^2 / 2) falls
/// beyond r^2 = p, p the order of the splines, and R^2 >= p.)
///
/// Evaluates the task's fields at the flagged nodes that are served and clears their flags; values
/// at flagged nodes that are not served are left undefined. The result does not depend on threads
/// or blocks to the bit. Cost: per node of the grid one product per node of the mesh within Band
/// along the last axis, for each of the fields' derivatives; less for the axes before.
void SumProducts(const ProductPlan& plan, const Mesh& mesh, const ProductTask& task,
  unsigned char* wanted, const Execution& execution);
}

#endif
