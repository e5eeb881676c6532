// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkScoreMatchingFit
 * @brief   A model of the score of a point cloud, fitted by score matching
 *
 * What the filter does and what each property means is written once, in
 * XML/ScoreMatchingFit.xml; the formulas are in Numerics/Fit/ScoreFit.h and the headers that it
 * names. Defaults that are not stated are those of scorefields::FitRequest. What is out of range is
 * refused when the filter runs.
 *
 * The weights are chosen by SetInputArrayToProcess(0, ...), as in vtkKernelAlgorithm.
 */
#ifndef vtkScoreMatchingFit_h
#define vtkScoreMatchingFit_h

#include "vtkBoxAlgorithm.h"

#include <cstddef>
#include <memory> // for what is kept
#include <optional>

class vtkImageData;
namespace vtkscorefields
{
struct FitSettings;
struct KeptFit;
}

class VTKSCOREFIELDS_EXPORT vtkScoreMatchingFit : public vtkBoxAlgorithm
{
public:
  static vtkScoreMatchingFit* New();
  vtkTypeMacro(vtkScoreMatchingFit, vtkBoxAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  /**
   * The image of the fit.
   */
  vtkImageData* GetImage();

  ///@{
  /**
   * A scorefields::FitModel and a scorefields::BaseDensity as numbers.
   */
  vtkSetMacro(Model, int);
  vtkGetMacro(Model, int);
  vtkSetMacro(BaseDensity, int);
  vtkGetMacro(BaseDensity, int);
  ///@}

  ///@{
  /**
   * Number of axes of the fit, 1 to 3; 0: those along which the points differ. Default 0.
   */
  vtkSetMacro(Dimension, int);
  vtkGetMacro(Dimension, int);
  ///@}

  ///@{
  /**
   * Each axis in units of its own standard deviation.
   */
  vtkSetMacro(ScaleAxes, bool);
  vtkGetMacro(ScaleAxes, bool);
  vtkBooleanMacro(ScaleAxes, bool);
  ///@}

  ///@{
  /**
   * Of the models with noise, and of those with kernels; 0: chosen.
   */
  vtkSetMacro(Noise, double);
  vtkGetMacro(Noise, double);
  vtkSetMacro(KernelWidth, double);
  vtkGetMacro(KernelWidth, double);
  vtkSetMacro(Regularization, double);
  vtkGetMacro(Regularization, double);
  vtkSetMacro(Folds, int);
  vtkGetMacro(Folds, int);
  ///@}

  ///@{
  /**
   * The sizes of models.
   */
  vtkSetMacro(NumberOfCenters, int);
  vtkGetMacro(NumberOfCenters, int);
  vtkSetMacro(NumberOfComponents, int);
  vtkGetMacro(NumberOfComponents, int);
  vtkSetMacro(HiddenLayers, int);
  vtkGetMacro(HiddenLayers, int);
  vtkSetMacro(HiddenWidth, int);
  vtkGetMacro(HiddenWidth, int);
  ///@}

  ///@{
  /**
   * The training of a network.
   */
  vtkSetMacro(TrainingSteps, int);
  vtkGetMacro(TrainingSteps, int);
  vtkSetMacro(LearningRate, double);
  vtkGetMacro(LearningRate, double);
  ///@}

  ///@{
  /**
   * Make a time step of each row of a training's history, and the time at which an input with time
   * then stays. Default off, 0.
   */
  vtkSetMacro(TrainingOverTime, bool);
  vtkGetMacro(TrainingOverTime, bool);
  vtkBooleanMacro(TrainingOverTime, bool);
  vtkSetMacro(InputTime, double);
  vtkGetMacro(InputTime, double);
  ///@}

  ///@{
  /**
   * How many samples are looked at, and which random numbers are drawn.
   */
  vtkSetMacro(MaximumSamples, int);
  vtkGetMacro(MaximumSamples, int);
  vtkSetMacro(Seed, int);
  vtkGetMacro(Seed, int);
  ///@}

  ///@{
  /**
   * The nodes of the image, as in vtkKernelDensity; BoundsMargin is a share of the points' extent.
   */
  vtkSetMacro(BoundsMargin, double);
  vtkGetMacro(BoundsMargin, double);
  vtkSetVector3Macro(SampleDimensions, int);
  vtkGetVector3Macro(SampleDimensions, int);
  ///@}

protected:
  vtkScoreMatchingFit();
  ~vtkScoreMatchingFit() override;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestInformation(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkScoreMatchingFit(const vtkScoreMatchingFit&) = delete;
  void operator=(const vtkScoreMatchingFit&) = delete;

  void TakeDefaults();
  bool ShowsTraining() const;
  void AnnounceTraining(vtkInformationVector* outputVector);
  void Announce(vtkInformation* inputInfo, vtkInformation* info);
  /// The row of the history that is asked for, and its time on the outputs; none: the last.
  std::optional<std::size_t> TakeStage(
    vtkInformation* request, vtkInformationVector* outputVector) const;
  /// @throws std::invalid_argument naming Boundary if one is closed.
  void RequireOpen() const;
  /// @throws std::invalid_argument naming the property that is no choice.
  vtkscorefields::FitSettings MakeSettings();

  int Model;
  int BaseDensity;
  int Dimension = 0;
  bool ScaleAxes;
  double Noise;
  double KernelWidth;
  double Regularization;
  int Folds;
  int NumberOfCenters;
  int NumberOfComponents;
  int HiddenLayers;
  int HiddenWidth;
  int TrainingSteps;
  double LearningRate;
  bool TrainingOverTime = false;
  double InputTime = 0.0;
  int MaximumSamples;
  int Seed;
  double BoundsMargin = 0.1;
  int SampleDimensions[3] = { 128, 128, 64 };
  std::unique_ptr<vtkscorefields::KeptFit> Kept;
};

#endif
