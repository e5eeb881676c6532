// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkBoxAlgorithm
 * @brief   What the filters share that put a box around a point cloud
 *
 * The box, and what lies beyond it. What each property means is written once, in
 * XML/KernelDensity.xml. The defaults are those of scorefields::GridRequest.
 */
#ifndef vtkBoxAlgorithm_h
#define vtkBoxAlgorithm_h

#include "vtkBoundaryAlgorithm.h"

#include <optional> // for the time of an input

class vtkAlgorithmOutput;
namespace scorefields
{
struct CloudMoments;
struct GridRequest;
}

class VTKSCOREFIELDS_EXPORT vtkBoxAlgorithm : public vtkBoundaryAlgorithm
{
public:
  vtkTypeMacro(vtkBoxAlgorithm, vtkBoundaryAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * Take the box from the points instead of SamplingBounds.
   */
  vtkSetMacro(UseInputBounds, bool);
  vtkGetMacro(UseInputBounds, bool);
  vtkBooleanMacro(UseInputBounds, bool);
  ///@}

  ///@{
  /**
   * The box if UseInputBounds is off.
   */
  vtkSetVector6Macro(SamplingBounds, double);
  vtkGetVector6Macro(SamplingBounds, double);
  ///@}

  ///@{
  /**
   * The box around the samples: x min, x max, y min and so on, as found by UpdateInformation.
   */
  vtkGetVector6Macro(InputBounds, double);
  ///@}

protected:
  vtkBoxAlgorithm();
  ~vtkBoxAlgorithm() override = default;

  /// The box; the rest is as it is by default.
  scorefields::GridRequest MakeBoxRequest() const;
  /// The box with nodes in it, and how far it goes beyond the points.
  scorefields::GridRequest MakeGridRequest(double margin, const int dimensions[3]) const;
  /// Count and bounds of the cloud behind a connection, as PeekBounds; remembers InputBounds.
  scorefields::CloudMoments PeekSamples(
    vtkAlgorithmOutput* samples, const std::optional<double>& time);

  bool UseInputBounds;
  double SamplingBounds[6];
  double InputBounds[6] = { -1.0, 1.0, -1.0, 1.0, -1.0, 1.0 };

private:
  vtkBoxAlgorithm(const vtkBoxAlgorithm&) = delete;
  void operator=(const vtkBoxAlgorithm&) = delete;
};

#endif
