// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkScoreField
 * @brief   Score (gradient of the log density) of a density on an image, and its reliability
 *
 * What the filter does and what each property means is written once, in
 * XML/ScoreField.xml; the formulas are in Numerics/Score/ScoreField.h, Reliability.h
 * and Significance.h.
 *
 * The density is chosen by SetInputArrayToProcess(0, ...); without a choice it
 * is "LogDensity", "Density" or the active scalars. Output port 0 is the image,
 * port 1 a table with one row per reliability class.
 */
#ifndef vtkScoreField_h
#define vtkScoreField_h

#include "vtkImageAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

namespace vtkscorefields
{
struct ScoreFieldSettings;
}

class VTKSCOREFIELDS_EXPORT vtkScoreField : public vtkImageAlgorithm
{
public:
  static vtkScoreField* New();
  vtkTypeMacro(vtkScoreField, vtkImageAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * 0 best available, 1 central difference, 2 fourth order, 3 density ratio, 4 spectral. Default 0.
   */
  vtkSetClampMacro(Method, int, 0, 4);
  vtkGetMacro(Method, int);
  ///@}

  ///@{
  /**
   * What the array holds: 0 told by its name, 1 density, 2 log density. Default 0.
   */
  vtkSetClampMacro(Quantity, int, 0, 2);
  vtkGetMacro(Quantity, int);
  ///@}

  ///@{
  /**
   * Allowed error of the score in units of 1 / bandwidth. Positive. Default 1e-3.
   */
  vtkSetMacro(Tolerance, double);
  vtkGetMacro(Tolerance, double);
  ///@}

  ///@{
  /**
   * Count the error of differences, or take a difference as the mean over its cells. Default on.
   */
  vtkSetMacro(CountDifferenceError, bool);
  vtkGetMacro(CountDifferenceError, bool);
  vtkBooleanMacro(CountDifferenceError, bool);
  ///@}

  ///@{
  /**
   * Density below which the density ratio is bent towards 0. Not negative. Default 0.
   */
  vtkSetMacro(RegularizationFloor, double);
  vtkGetMacro(RegularizationFloor, double);
  ///@}

  ///@{
  /**
   * Effective sample size below which a node counts as sparse. Not negative. Default 5.
   */
  vtkSetMacro(MinimumSampleSize, double);
  vtkGetMacro(MinimumSampleSize, double);
  ///@}

  ///@{
  /**
   * Level of the test "score = 0", between 0 and 1. Default 0.05.
   */
  vtkSetMacro(SignificanceLevel, double);
  vtkGetMacro(SignificanceLevel, double);
  ///@}

  ///@{
  /**
   * 0 pointwise, 1 Bonferroni, 2 Hochberg. Default 0.
   */
  vtkSetClampMacro(MultipleTesting, int, 0, 2);
  vtkGetMacro(MultipleTesting, int);
  ///@}

  ///@{
  /**
   * What StabilityMask leaves out: 0 numerical errors, 1 also too few samples, 2 also what is not
   * significant. Default 0.
   */
  vtkSetClampMacro(StabilityCriterion, int, 0, 2);
  vtkGetMacro(StabilityCriterion, int);
  ///@}

  ///@{
  /**
   * Blank the points that StabilityMask leaves out, and the cells they belong to. Default off.
   */
  vtkSetMacro(HideUnstable, bool);
  vtkGetMacro(HideUnstable, bool);
  vtkBooleanMacro(HideUnstable, bool);
  ///@}

  ///@{
  /**
   * Add what the classes are decided by: sample size, standard error, margin above the floor,
   * difference error. Default off.
   */
  vtkSetMacro(ComputeDiagnostics, bool);
  vtkGetMacro(ComputeDiagnostics, bool);
  vtkBooleanMacro(ComputeDiagnostics, bool);
  ///@}

  ///@{
  /**
   * Add the eigenvalues of the Hessian of the log density, if the input has it. Default off.
   */
  vtkSetMacro(ComputeCurvature, bool);
  vtkGetMacro(ComputeCurvature, bool);
  vtkBooleanMacro(ComputeCurvature, bool);
  ///@}

protected:
  vtkScoreField();
  ~vtkScoreField() override = default;

  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkScoreField(const vtkScoreField&) = delete;
  void operator=(const vtkScoreField&) = delete;

  std::string ChosenArray();
  vtkscorefields::ScoreFieldSettings MakeSettings();

  int Method = 0;
  int Quantity = 0;
  double Tolerance = 1e-3;
  bool CountDifferenceError = true;
  double RegularizationFloor = 0.0;
  double MinimumSampleSize = 5.0;
  double SignificanceLevel = 0.05;
  int MultipleTesting = 0;
  int StabilityCriterion = 0;
  bool HideUnstable = false;
  bool ComputeDiagnostics = false;
  bool ComputeCurvature = false;
};

#endif
