// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkScoreField
 * @brief   Score (gradient of the log density) of a density on an image, and its reliability
 *
 * What the filter does and what each property means is written once, in
 * XML/ScoreField.xml; the formulas are in Numerics/Score/ScoreField.h, Reliability.h
 * and Significance.h. Defaults that are not stated are those of
 * vtkscorefields::ScoreFieldSettings. What is out of range is refused when the filter runs.
 *
 * The density is chosen by SetInputArrayToProcess(0, ...); without a choice it
 * is "LogDensity", "Density" or the active scalars. Output port 0 is the image,
 * port 1 a table with one row per reliability class.
 */
#ifndef vtkScoreField_h
#define vtkScoreField_h

#include "vtkImageAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

class vtkMultiProcessController;
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
   * A vtkscorefields::MethodChoice as a number. Default the best available.
   */
  vtkSetMacro(Method, int);
  vtkGetMacro(Method, int);
  ///@}

  ///@{
  /**
   * What the array holds: a vtkscorefields::Quantity as a number.
   */
  vtkSetMacro(Quantity, int);
  vtkGetMacro(Quantity, int);
  ///@}

  ///@{
  /**
   * Allowed error of the score in units of 1 / bandwidth. Positive.
   */
  vtkSetMacro(Tolerance, double);
  vtkGetMacro(Tolerance, double);
  ///@}

  ///@{
  /**
   * Count the error of differences, or take a difference as the mean over its cells.
   */
  vtkSetMacro(CountDifferenceError, bool);
  vtkGetMacro(CountDifferenceError, bool);
  vtkBooleanMacro(CountDifferenceError, bool);
  ///@}

  ///@{
  /**
   * Density below which the density ratio is bent towards 0. Not negative.
   */
  vtkSetMacro(RegularizationFloor, double);
  vtkGetMacro(RegularizationFloor, double);
  ///@}

  ///@{
  /**
   * Effective sample size below which a node counts as sparse. Not negative.
   */
  vtkSetMacro(MinimumSampleSize, double);
  vtkGetMacro(MinimumSampleSize, double);
  ///@}

  ///@{
  /**
   * Level of the test "score = 0", between 0 and 1.
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
   * What StabilityMask leaves out: a vtkscorefields::MaskChoice as a number.
   */
  vtkSetMacro(StabilityCriterion, int);
  vtkGetMacro(StabilityCriterion, int);
  ///@}

  ///@{
  /**
   * Blank the points that StabilityMask leaves out, and the cells they belong to.
   */
  vtkSetMacro(HideUnstable, bool);
  vtkGetMacro(HideUnstable, bool);
  vtkBooleanMacro(HideUnstable, bool);
  ///@}

  ///@{
  /**
   * Add what the classes are decided by: sample size, standard error, margin above the floor,
   * difference error.
   */
  vtkSetMacro(ComputeDiagnostics, bool);
  vtkGetMacro(ComputeDiagnostics, bool);
  vtkBooleanMacro(ComputeDiagnostics, bool);
  ///@}

  ///@{
  /**
   * Add the eigenvalues of the Hessian of the log density, if the input has it.
   */
  vtkSetMacro(ComputeCurvature, bool);
  vtkGetMacro(ComputeCurvature, bool);
  vtkBooleanMacro(ComputeCurvature, bool);
  ///@}

  ///@{
  /**
   * The processes that hold the image. Default: the global controller.
   */
  void SetController(vtkMultiProcessController*);
  vtkGetObjectMacro(Controller, vtkMultiProcessController);
  ///@}

protected:
  vtkScoreField();
  ~vtkScoreField() override;

  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkScoreField(const vtkScoreField&) = delete;
  void operator=(const vtkScoreField&) = delete;

  std::string ChosenArray();
  /// @throws std::invalid_argument naming the property that is no choice.
  vtkscorefields::ScoreFieldSettings MakeSettings();

  int Method;
  int Quantity;
  double Tolerance;
  bool CountDifferenceError;
  double RegularizationFloor;
  double MinimumSampleSize;
  double SignificanceLevel;
  int MultipleTesting;
  int StabilityCriterion;
  bool HideUnstable;
  bool ComputeDiagnostics;
  bool ComputeCurvature;
  vtkMultiProcessController* Controller = nullptr;
};

#endif
