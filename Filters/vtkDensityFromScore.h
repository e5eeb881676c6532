// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkDensityFromScore
 * @brief   Density whose score is, by least squares, a vector field on an image
 *
 * What the filter does and what each property means is written once, in
 * XML/DensityFromScore.xml; the formulas are in Numerics/Recovery/DensityFromScore.h and Edges.h.
 * Defaults that are not stated are those of vtkscorefields::RecoverySettings. What is out of range
 * is refused when the filter runs. Boundary is a vtkscorefields::InputBoundaryChoice, by default
 * from the input.
 *
 * Arrays of the image are chosen by SetInputArrayToProcess: 0 the vectors, 1 the mask, 2 the
 * weights. The samples are on the optional input port 1.
 */
#ifndef vtkDensityFromScore_h
#define vtkDensityFromScore_h

#include "vtkBoundaryAlgorithm.h"

#include <string> // for the name of an array

class vtkImageData;
namespace vtkscorefields
{
struct RecoverySettings;
}

class VTKSCOREFIELDS_EXPORT vtkDensityFromScore : public vtkBoundaryAlgorithm
{
public:
  static vtkDensityFromScore* New();
  vtkTypeMacro(vtkDensityFromScore, vtkBoundaryAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  /**
   * The image of the density.
   */
  vtkImageData* GetOutput();

  ///@{
  /**
   * Without a chosen mask, take the array StabilityMask where the image has it.
   */
  vtkSetMacro(UseStabilityMask, bool);
  vtkGetMacro(UseStabilityMask, bool);
  vtkBooleanMacro(UseStabilityMask, bool);
  ///@}

  ///@{
  /**
   * The array with the weights of the samples; "None" or "" counts each as 1. It is no array to
   * process: ParaView 5.11 aborts where those of an input do not begin with number 0.
   */
  vtkSetStdStringFromCharMacro(SampleWeightArray);
  vtkGetCharFromStdStringMacro(SampleWeightArray);
  ///@}

  ///@{
  /**
   * Relative residual at which the solver stops, and after how many iterations it gives up.
   */
  vtkSetMacro(SolverTolerance, double);
  vtkGetMacro(SolverTolerance, double);
  vtkSetMacro(MaximumIterations, int);
  vtkGetMacro(MaximumIterations, int);
  ///@}

  ///@{
  /**
   * Add what of the vectors is no score.
   */
  vtkSetMacro(ComputeResiduals, bool);
  vtkGetMacro(ComputeResiduals, bool);
  vtkBooleanMacro(ComputeResiduals, bool);
  ///@}

protected:
  vtkDensityFromScore();
  ~vtkDensityFromScore() override = default;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkDensityFromScore(const vtkDensityFromScore&) = delete;
  void operator=(const vtkDensityFromScore&) = delete;

  /// @throws std::invalid_argument naming the property that is no choice.
  vtkscorefields::RecoverySettings MakeSettings();

  bool UseStabilityMask;
  std::string SampleWeightArray = "None";
  double SolverTolerance;
  int MaximumIterations;
  bool ComputeResiduals;
};

#endif
