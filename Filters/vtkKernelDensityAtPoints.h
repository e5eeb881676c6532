// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkKernelDensityAtPoints
 * @brief   Kernel density of a point cloud at the points of any data set
 *
 * What the filter does and what each property means is written once, in
 * XML/KernelDensityAtPoints.xml; the formulas are in Numerics/Density/DensityEstimate.h.
 *
 * Port 0 takes the data set to add arrays to, port 1 (optional) the samples;
 * without it the points of port 0 are the samples.
 */
#ifndef vtkKernelDensityAtPoints_h
#define vtkKernelDensityAtPoints_h

#include "vtkKernelAlgorithm.h"

namespace scorefields
{
struct Axes;
struct Domain;
struct KernelChoice;
}

class VTKSCOREFIELDS_EXPORT vtkKernelDensityAtPoints : public vtkKernelAlgorithm
{
public:
  static vtkKernelDensityAtPoints* New();
  vtkTypeMacro(vtkKernelDensityAtPoints, vtkKernelAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * Leave each point out of its own estimate. Only without a second input. Default off.
   */
  vtkSetMacro(LeaveOneOut, bool);
  vtkGetMacro(LeaveOneOut, bool);
  vtkBooleanMacro(LeaveOneOut, bool);
  ///@}

protected:
  vtkKernelDensityAtPoints();
  ~vtkKernelDensityAtPoints() override = default;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int RequestInformation(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestDataObject(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkKernelDensityAtPoints(const vtkKernelDensityAtPoints&) = delete;
  void operator=(const vtkKernelDensityAtPoints&) = delete;

  scorefields::KernelChoice ChooseKernel(const vtkscorefields::Cloud& cloud,
    const scorefields::Domain& domain, const scorefields::Axes& axes);
  void Estimate(vtkDataObject* samples, bool ownSamples, vtkDataObject* output);

  bool LeaveOneOut = false;
};

#endif
