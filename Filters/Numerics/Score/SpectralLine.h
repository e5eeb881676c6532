// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_SpectralLine_h
#define Score_SpectralLine_h

#include "Numerics/Base/Fft.h"
#include "Numerics/Base/Types.h"
#include "Numerics/Score/LineContinuation.h"

#include <limits>
#include <memory>
#include <vector>

namespace scorefields
{
/// How a line of nodes continues beyond its ends.
enum class LineEnds
{
  Open,     ///< nothing is known: LineContinuation
  Periodic, ///< the last node is the first one again
  Wrapped,  ///< the node after the last is the first one
  Mirrored  ///< mirrored at the first and at the last node
};

/// What the values of a line are worth.
struct LinePrecision
{
  double Relative = 0.0;  ///< relative error of the density
  double Logarithm = 0.0; ///< error of its logarithm, relative to the logarithm
  double LogFloor = 0.0;  ///< logarithm of the density's absolute error; -infinity for none
  /// Logarithm of an absolute error that holds beside Relative: the less of the two counts.
  double LogAbsolute = std::numeric_limits<double>::infinity();
};

/// Where the results of a line go, one per node: slope 0 and infinite noise where f is 0.
struct LineResult
{
  double* Slope = nullptr;
  double* Ringing = nullptr;
  double* Noise = nullptr;
};

/// The slope of the logarithm of a density along one line, by Fourier transform of the density:
/// s = f' / f, f' the derivative of the trigonometric polynomial through the nodes of the line,
/// made periodic as LineEnds says. f is taken relative to its largest value on the line, so that
/// it does not underflow with the line as a whole, however far out that lies.
///
/// Error estimates, per step of the grid, relative to f; see docs/math/score.md:
///   ringing: (16 R (1 + 2000 R / A) + E) / f
///   noise:   (4 pi eps max|f| + pi e) / f
/// R is the largest |r| within 6 to 11 nodes, r the derivative with every frequency w weighted by
/// (w / w_Nyquist)^16: what is lost beyond the Nyquist frequency looks like what lies just below;
/// with the power 32 where the top fifth of the spectrum is below 1e-7 of its first coefficient.
/// A is the largest |f'| of the same nodes: where R is not small against it, the grid does not
/// resolve f. E is the error made at open ends (LineContinuation). e is the error
/// of the values; a trigonometric polynomial with values below e has slopes below pi e per step
/// (Bernstein's inequality).
///
/// Cost: three transforms of the length of the line. One object per thread.
class SpectralLine
{
public:
  static constexpr Index LeastNodes = 16; ///< below that no estimate would hold

  /// @param nodes  at least LeastNodes.
  SpectralLine(Index nodes, LineEnds ends);

  Index Nodes() const { return this->Count; }
  /// @param logDensity  one per node, finite or -infinity.
  /// @param largest     of these.
  void Evaluate(const double* logDensity, double largest, const LinePrecision& precision,
    const LineResult& result);

private:
  void Continue();
  void Differentiate();
  void FindEnvelopes();
  void EstimateRinging(double* ringing) const;

  Index Count;
  LineEnds Ends;
  Index Period; ///< of the transform, in nodes
  RealFft Transform;
  std::unique_ptr<LineContinuation> Gap; ///< of open lines
  LineEnd FirstEnd, LastEnd;             ///< of open lines
  std::vector<double> Nearness;          ///< of open lines: 1 / (1 + j)
  /// Per coefficient, each twice, for the real and the imaginary part: the frequency per step over
  /// the period, and the same times (w / w_Nyquist)^16, and to the power 32.
  std::vector<double> Frequencies, DampedFrequencies, SharpFrequencies;
  std::vector<double> Relative; ///< f relative to its largest value
  FftBuffer<double> Values;
  FftBuffer<double> Derivative;
  FftBuffer<double> Residue;
  FftBuffer<Complex> Spectrum;
  FftBuffer<Complex> Damped;
  std::vector<double> SlopeEnvelope; ///< per block of nodes
  std::vector<double> ResidueEnvelope;
};
}

#endif
