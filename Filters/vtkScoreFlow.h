// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkScoreFlow
 * @brief   Particles moved by the score of a density
 *
 * What the filter does and what each property means is written once, in
 * XML/ScoreFlow.xml; the formulas are in Numerics/Flow/Flow.h and the headers it names.
 * Defaults that are not stated are those of vtkscorefields::FlowSettings. What is out of
 * range is refused when the filter runs.
 *
 * Port 0 takes the samples, port 1 (optional) the particles, port 2 (optional) an image
 * with the score. Output port 0 has the particles after as many steps as the time asked
 * for, port 1 their trajectories.
 */
#ifndef vtkScoreFlow_h
#define vtkScoreFlow_h

#include "vtkKernelChoiceAlgorithm.h"

#include <memory> // for the run kept between time steps

namespace vtkscorefields
{
class FlowRun;
struct FlowSettings;
}

class VTKSCOREFIELDS_EXPORT vtkScoreFlow : public vtkKernelChoiceAlgorithm
{
public:
  static vtkScoreFlow* New();
  vtkTypeMacro(vtkScoreFlow, vtkKernelChoiceAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * A scorefields::FlowMode as a number.
   */
  vtkSetMacro(Mode, int);
  vtkGetMacro(Mode, int);
  ///@}

  ///@{
  /**
   * A vtkscorefields::FlowTarget as a number.
   */
  vtkSetMacro(Target, int);
  vtkGetMacro(Target, int);
  ///@}

  ///@{
  /**
   * A vtkscorefields::FlowOrigin as a number.
   */
  vtkSetMacro(StartFrom, int);
  vtkGetMacro(StartFrom, int);
  ///@}

  ///@{
  /**
   * How many particles are drawn.
   */
  vtkSetMacro(NumberOfParticles, int);
  vtkGetMacro(NumberOfParticles, int);
  ///@}

  ///@{
  /**
   * The box of particles drawn: that of the samples, or StartBounds. Default on.
   */
  vtkSetMacro(UseSampleBounds, bool);
  vtkGetMacro(UseSampleBounds, bool);
  vtkBooleanMacro(UseSampleBounds, bool);
  vtkSetVector6Macro(StartBounds, double);
  vtkGetVector6Macro(StartBounds, double);
  ///@}

  ///@{
  /**
   * Time steps.
   */
  vtkSetMacro(NumberOfSteps, int);
  vtkGetMacro(NumberOfSteps, int);
  ///@}

  ///@{
  /**
   * Of ascent and Langevin, in squared bandwidths.
   */
  vtkSetMacro(StepSize, double);
  vtkGetMacro(StepSize, double);
  ///@}

  ///@{
  /**
   * Accept or refuse Langevin steps.
   */
  vtkSetMacro(MetropolisAdjusted, bool);
  vtkGetMacro(MetropolisAdjusted, bool);
  vtkBooleanMacro(MetropolisAdjusted, bool);
  ///@}

  ///@{
  /**
   * Bandwidths of modes that change it; 0 to have them chosen.
   */
  vtkSetMacro(FirstBandwidth, double);
  vtkGetMacro(FirstBandwidth, double);
  vtkSetMacro(LastBandwidth, double);
  vtkGetMacro(LastBandwidth, double);
  ///@}

  ///@{
  /**
   * Of annealing: the levels, and whether the last step goes to the posterior mean.
   */
  vtkSetMacro(NumberOfLevels, int);
  vtkGetMacro(NumberOfLevels, int);
  vtkSetMacro(FinalDenoise, bool);
  vtkGetMacro(FinalDenoise, bool);
  vtkBooleanMacro(FinalDenoise, bool);
  ///@}

  ///@{
  /**
   * The dial between memorising the samples and going on between them.
   */
  vtkSetMacro(Temperature, double);
  vtkGetMacro(Temperature, double);
  vtkSetMacro(ScoreSmoothing, double);
  vtkGetMacro(ScoreSmoothing, double);
  ///@}

  ///@{
  /**
   * The class that is drawn, of the label array that SetInputArrayToProcess(1, ...) names (no
   * array, or one named "None": all are), and how much it counts.
   */
  vtkSetMacro(Class, int);
  vtkGetMacro(Class, int);
  vtkSetMacro(GuidanceWeight, double);
  vtkGetMacro(GuidanceWeight, double);
  ///@}

  ///@{
  /**
   * Of noise and of particles drawn.
   */
  vtkSetMacro(Seed, int);
  vtkGetMacro(Seed, int);
  ///@}

  ///@{
  /**
   * A vtkscorefields::Evaluation as a number. Default automatic.
   */
  vtkSetMacro(Evaluation, int);
  vtkGetMacro(Evaluation, int);
  ///@}

  ///@{
  /**
   * Error of the score in the core and in the tails.
   */
  vtkSetMacro(Tolerance, double);
  vtkGetMacro(Tolerance, double);
  vtkSetMacro(TailTolerance, double);
  vtkGetMacro(TailTolerance, double);
  ///@}

  ///@{
  /**
   * About how many particles leave a trajectory.
   */
  vtkSetMacro(NumberOfTrajectories, int);
  vtkGetMacro(NumberOfTrajectories, int);
  ///@}

  ///@{
  /**
   * The time at which inputs with time stay. Default 0.
   */
  vtkSetMacro(InputTime, double);
  vtkGetMacro(InputTime, double);
  ///@}

  ///@{
  /**
   * Memory for states, in MiB, and what they take. Default 500.
   */
  vtkSetMacro(StateMemory, double);
  vtkGetMacro(StateMemory, double);
  double GetStateMemoryUsed();
  ///@}

protected:
  vtkScoreFlow();
  ~vtkScoreFlow() override;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestDataObject(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestInformation(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkScoreFlow(const vtkScoreFlow&) = delete;
  void operator=(const vtkScoreFlow&) = delete;

  void TakeDefaults();
  vtkscorefields::FlowSettings MakeSettings(bool dataAxes);
  int RequestedStep(vtkInformation* request, vtkInformationVector* outputVector);

  int Mode;
  int Target;
  int StartFrom;
  int NumberOfParticles;
  bool UseSampleBounds = true;
  double StartBounds[6] = { -1.0, 1.0, -1.0, 1.0, -1.0, 1.0 };
  int NumberOfSteps;
  double StepSize;
  bool MetropolisAdjusted;
  double FirstBandwidth;
  double LastBandwidth;
  int NumberOfLevels;
  bool FinalDenoise;
  double Temperature;
  double ScoreSmoothing;
  int Class;
  double GuidanceWeight;
  int Seed;
  int Evaluation;
  double Tolerance;
  double TailTolerance;
  int NumberOfTrajectories;
  double InputTime = 0.0;
  double StateMemory = 500.0;
  std::unique_ptr<vtkscorefields::FlowRun> Run;
};

#endif
