// SPDX-License-Identifier: BSD-3-Clause
#ifndef Recovery_BoxPoisson_h
#define Recovery_BoxPoisson_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Recovery/Lattice.h"

#include <array>
#include <memory>
#include <vector>

namespace scorefields
{
/// Solves (D'WD + shift) u = b where all edges of an axis weigh the same: exactly, to rounding, by
/// real Fourier transforms.
///
/// Along an open or reflecting axis of n nodes the cosines cos(pi (i + 1/2) k / n) are eigenvectors
/// of D'D, with the eigenvalues 2 - 2 cos(pi k / n); along a periodic one sines and cosines of
/// frequency k are, with 2 - 2 cos(2 pi k / n). So D'WD is the sum over the axes of the weight
/// times the eigenvalue (Simchony, Chellappa, Shao 1990).
///
/// Cost: O(N log N), two transforms for each axis. Results do not depend on the number of threads
/// to the last bit.
class BoxPoisson
{
public:
  /// @param axisWeights  positive along axes with edges.
  BoxPoisson(const Lattice& lattice, const Eigen::Vector3d& axisWeights);
  ~BoxPoisson();

  /// Replaces b by u.
  /// @param shift     not negative.
  /// @param constant  what the mean of b is multiplied by: 1 / shift, or what is wanted where the
  ///                  shift is 0 and u has no mean of its own.
  void Solve(double* values, double shift, double constant, const Execution& execution) const;

  /// The smallest eigenvalue that is not 0; 1 for a lattice of one node.
  double LeastEigenvalue() const;

private:
  class Lines;
  struct Axis;
  struct Factors;
  void Run(int axis, double* values, const Lines& lines, const Execution& execution) const;

  Lattice Nodes;
  std::vector<Axis> Axes; ///< those with edges, ascending
};
}

#endif
