// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkDensityRidges
 * @brief   The ridge lines of the kernel density of a point cloud
 *
 * What the filter does and what each property means is written once, in XML/DensityRidges.xml; the
 * formulas are in Numerics/Ridges. Defaults are those of vtkscorefields::RidgeSettings. What is out
 * of range is refused when the filter runs.
 *
 * Output port 0 has the lines, port 1 the samples moved to the ridge.
 */
#ifndef vtkDensityRidges_h
#define vtkDensityRidges_h

#include "vtkKernelChoiceAlgorithm.h"

namespace vtkscorefields
{
struct RidgeSettings;
}

class VTKSCOREFIELDS_EXPORT vtkDensityRidges : public vtkKernelChoiceAlgorithm
{
public:
  static vtkDensityRidges* New();
  vtkTypeMacro(vtkDensityRidges, vtkKernelChoiceAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * Where a ridge ends: fewer samples within a bandwidth, or less difference of the two largest
   * curvatures times the squared bandwidth, than this.
   */
  vtkSetMacro(MinimumSampleSize, double);
  vtkGetMacro(MinimumSampleSize, double);
  vtkSetMacro(MinimumStrength, double);
  vtkGetMacro(MinimumStrength, double);
  ///@}

  ///@{
  /**
   * In bandwidths: of a line that is shown, and of the points of a line.
   */
  vtkSetMacro(MinimumLength, double);
  vtkGetMacro(MinimumLength, double);
  vtkSetMacro(PointSpacing, double);
  vtkGetMacro(PointSpacing, double);
  ///@}

  ///@{
  /**
   * Error allowed in the log density and its derivatives, in bandwidths.
   */
  vtkSetMacro(Tolerance, double);
  vtkGetMacro(Tolerance, double);
  ///@}

protected:
  vtkDensityRidges();
  ~vtkDensityRidges() override = default;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestDataObject(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestInformation(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkDensityRidges(const vtkDensityRidges&) = delete;
  void operator=(const vtkDensityRidges&) = delete;

  /// @throws std::invalid_argument naming the property that is no choice.
  vtkscorefields::RidgeSettings MakeSettings(bool dataAxes) const;

  double MinimumSampleSize;
  double MinimumStrength;
  double MinimumLength;
  double PointSpacing;
  double Tolerance;
};

#endif
