// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkKernelAlgorithm
 * @brief   What the filters share that sum kernels over a point cloud
 *
 * The arrays to write, and the choice of the kernel. What each property means is
 * written once, in XML/KernelSettings.xml; the formulas are in
 * Numerics/Density/DensityEstimate.h.
 */
#ifndef vtkKernelAlgorithm_h
#define vtkKernelAlgorithm_h

#include "vtkKernelChoiceAlgorithm.h"

namespace vtkscorefields
{
struct DensityArrays;
}

class VTKSCOREFIELDS_EXPORT vtkKernelAlgorithm : public vtkKernelChoiceAlgorithm
{
public:
  vtkTypeMacro(vtkKernelAlgorithm, vtkKernelChoiceAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * Error allowed, relative to the density's maximum. Default 1e-9.
   */
  vtkSetMacro(Tolerance, double);
  vtkGetMacro(Tolerance, double);
  ///@}

  ///@{
  /**
   * Which arrays to write beside Density and LogDensity. Default Score and EffectiveSampleSize.
   */
  vtkSetMacro(ComputeScore, bool);
  vtkGetMacro(ComputeScore, bool);
  vtkBooleanMacro(ComputeScore, bool);
  vtkSetMacro(ComputeHessian, bool);
  vtkGetMacro(ComputeHessian, bool);
  vtkBooleanMacro(ComputeHessian, bool);
  vtkSetMacro(ComputeSampleSize, bool);
  vtkGetMacro(ComputeSampleSize, bool);
  vtkBooleanMacro(ComputeSampleSize, bool);
  vtkSetMacro(ComputeKishSampleSize, bool);
  vtkGetMacro(ComputeKishSampleSize, bool);
  vtkBooleanMacro(ComputeKishSampleSize, bool);
  ///@}

  ///@{
  /**
   * 0 double, 1 single. Default 0.
   */
  vtkSetClampMacro(OutputPrecision, int, 0, 1);
  vtkGetMacro(OutputPrecision, int);
  ///@}

protected:
  vtkKernelAlgorithm() = default;
  ~vtkKernelAlgorithm() override = default;

  vtkscorefields::DensityArrays MakeDensityArrays() const;

  double Tolerance = 1e-9;
  bool ComputeScore = true;
  bool ComputeHessian = false;
  bool ComputeSampleSize = true;
  bool ComputeKishSampleSize = false;
  int OutputPrecision = 0;

private:
  vtkKernelAlgorithm(const vtkKernelAlgorithm&) = delete;
  void operator=(const vtkKernelAlgorithm&) = delete;
};

#endif
