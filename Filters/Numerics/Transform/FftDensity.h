// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_FftDensity_h
#define Transform_FftDensity_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Transform/FftOptions.h"
#include "Numerics/Transform/FourierGrid.h"
#include "Numerics/Transform/MeshPlan.h"
#include "Numerics/Transform/Spreading.h"

#include <vector>

namespace scorefields
{
class FourierEvaluation;
class KernelFactors;

/// Gaussian kernel density on the nodes of a grid by the fast Fourier transform,
///   f(x) = (1/W) sum_i w_i K_H(x - x_i),  with score grad log f and Hessian of log f,
/// where K_H is repeated or mirrored along periodic or reflecting axes.
///
/// Three steps, so that a bandwidth sweep repeats only the last one and ranks of a distributed
/// cloud can add their meshes between the first two:
///   FftDensity engine(grid, kernels, cloud, options); // the same on every rank
///   Mesh mesh = engine.Spread(samples, execution);    // AllReduce mesh.Values and mesh.Totals
///   engine.Transform(std::move(mesh), execution);
///   FftReport report = engine.Evaluate(kernels[0], fields, execution); // and kernels[1] ...
///
/// With f~ the computed value before the clamp and F = report.Floor():
/// - Density = f~, or max(f~, 0) with ClampNegative. |f~ - f| <= F.
/// - LogDensity is finite everywhere: log(max(f~, F)) for the Deconvolved spectrum. For the other
///   two it is log(max(f~, smallest normal double)), so that where Density is 0 the logarithm
///   would be -infinity; whoever reproduces the study's artefacts derives them from Density == 0.
/// - Score = grad f~ / max(f~, F) and Hessian likewise, from spectral derivatives; they mean
///   something where f stands well above F, and fade to 0 elsewhere.
///   For the two classical spectra: the smallest normal double instead of F.
/// - EffectiveSampleSize = Density * n / K_H(0). KishSampleSize is not provided: must be null.
///
/// Memory beside the fields: the mesh until Transform, then its kept frequencies and, while
/// evaluating, as many again per outermost plane; together at most 2 grids for the classical
/// spectra and usually much less for the Deconvolved one, which keeps only the frequencies that
/// the kernel passes. Cost: O(n p^d) to spread; O(N log N) to transform and per field.
///
/// Results do not depend on the number of threads to the last bit.
class FftDensity
{
public:
  /// @param kernels  all that will be asked for: the narrowest sets the mesh, the widest the
  ///                 padding. Not empty, all of the same axes.
  /// @param cloud    of the samples of all ranks.
  /// @throws std::invalid_argument for settings that cannot work.
  FftDensity(const Grid& grid, const std::vector<GaussianKernel>& kernels,
    const CloudMoments& cloud, const FftOptions& options);

  const MeshPlan& Plan() const { return this->Layout; }
  /// Memory of what Transform keeps.
  double Bytes() const { return this->Spectrum.Bytes(); }
  Mesh Spread(const SampleSource& source, const Execution& execution) const;
  void Transform(Mesh mesh, const Execution& execution);

  /// The whole grid.
  FftReport Evaluate(
    const GaussianKernel& kernel, const FieldView& fields, const Execution& execution) const;
  /// The nodes [first, first + dimensions) of the grid; fields are of that block.
  /// @throws std::invalid_argument if the kernel is narrower or wider than those planned for.
  FftReport Evaluate(const GaussianKernel& kernel, const Index3& first, const Index3& dimensions,
    const FieldView& fields, const Execution& execution) const;

private:
  void Finish(const GaussianKernel& kernel, const KernelFactors& factors,
    const FourierEvaluation& evaluation, const FftReport& report, double* density, Index n,
    const FieldView& fields, const Execution& execution) const;

  Grid Nodes;
  FftOptions Options;
  CloudMoments Cloud;
  MeshPlan Layout;
  FourierGrid Spectrum;
  std::array<double, 2> Totals{ 0.0, 0.0 };
};

/// The three steps in one, for one kernel and the samples of one process.
FftReport ComputeFftDensity(const Grid& grid, const Samples& samples, const GaussianKernel& kernel,
  const FftOptions& options, const FieldView& fields, const Execution& execution = {});
}

#endif
