// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkDensityDifference
 * @brief   Where two point clouds have different densities
 *
 * What the filter does and what each property means is written once, in
 * XML/DensityDifference.xml; the formulas are in Numerics/Difference/DifferenceTest.h.
 * Defaults that are not stated are those of scorefields::DifferenceOptions and GridRequest. What is
 * out of range is refused when the filter runs.
 *
 * Port 0 takes cloud A, port 1 (optional) cloud B; without it both are classes of port 0.
 */
#ifndef vtkDensityDifference_h
#define vtkDensityDifference_h

#include "vtkKernelChoiceAlgorithm.h"

class vtkImageData;
namespace vtkscorefields
{
struct DifferenceSettings;
}

class VTKSCOREFIELDS_EXPORT vtkDensityDifference : public vtkKernelChoiceAlgorithm
{
public:
  static vtkDensityDifference* New();
  vtkTypeMacro(vtkDensityDifference, vtkKernelChoiceAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  /**
   * The image of the difference.
   */
  vtkImageData* GetImage();

  ///@{
  /**
   * The labels of both clouds, if port 1 is not connected. Defaults 0 and 1.
   */
  vtkSetMacro(ClassA, int);
  vtkGetMacro(ClassA, int);
  vtkSetMacro(ClassB, int);
  vtkGetMacro(ClassB, int);
  ///@}

  ///@{
  /**
   * A scorefields::DifferenceStatistic as a number.
   */
  vtkSetMacro(Statistic, int);
  vtkGetMacro(Statistic, int);
  ///@}

  ///@{
  /**
   * The p-value below which two densities differ, for all nodes together.
   */
  vtkSetMacro(SignificanceLevel, double);
  vtkGetMacro(SignificanceLevel, double);
  ///@}

  ///@{
  /**
   * A scorefields::MultipleTesting as a number.
   */
  vtkSetMacro(MultipleTesting, int);
  vtkGetMacro(MultipleTesting, int);
  ///@}

  ///@{
  /**
   * Effective samples that one of both clouds must have at a node.
   */
  vtkSetMacro(MinimumSampleSize, double);
  vtkGetMacro(MinimumSampleSize, double);
  ///@}

  ///@{
  /**
   * Bandwidths that the box reaches beyond the points if UseInputBounds is on.
   */
  vtkSetMacro(BoundsMargin, double);
  vtkGetMacro(BoundsMargin, double);
  ///@}

  ///@{
  /**
   * Nodes per axis, both ends included; flat axes get one.
   */
  vtkSetVector3Macro(SampleDimensions, int);
  vtkGetVector3Macro(SampleDimensions, int);
  ///@}

protected:
  vtkDensityDifference();
  ~vtkDensityDifference() override = default;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestInformation(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkDensityDifference(const vtkDensityDifference&) = delete;
  void operator=(const vtkDensityDifference&) = delete;

  void Announce(vtkInformationVector** inputs, vtkInformation* info);
  vtkscorefields::DifferenceSettings MakeSettings(bool dataAxes);

  int ClassA = 0;
  int ClassB = 1;
  int Statistic;
  double SignificanceLevel;
  int MultipleTesting;
  double MinimumSampleSize;
  double BoundsMargin;
  int SampleDimensions[3];
};

#endif
