// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_FieldNames_h
#define Pipeline_FieldNames_h

/// The names that users see in the data: of point arrays, field data and columns of tables. They
/// stand here once, for those who write them and for those who read them. docs/field-data.md
/// explains each; tools/check_names.py holds that page and all help texts against this list.
///
/// The texts of enumerations stand beside the enumerations (Numerics/Base/Enumerations.h); the
/// columns of a scan are scorefields::ScanCurve.
namespace vtkscorefields::names
{
// Why the outputs of a filter are empty; field data.
constexpr const char* ErrorMessage = "ErrorMessage";

// Arrays of an estimate.
constexpr const char* Density = "Density";
constexpr const char* LogDensity = "LogDensity";
constexpr const char* Score = "Score";
constexpr const char* Hessian = "Hessian";
constexpr const char* EffectiveSampleSize = "EffectiveSampleSize";
constexpr const char* KishSampleSize = "KishSampleSize";
constexpr const char* Route = "Route";
constexpr const char* CountDensity = "CountDensity";
constexpr const char* CellProbability = "CellProbability";
constexpr const char* CellCount = "CellCount";
constexpr const char* LinearDensity = "LinearDensity";
constexpr const char* DensityStandardError = "DensityStandardError";
constexpr const char* LogDensityLower = "LogDensityLower";
constexpr const char* LogDensityUpper = "LogDensityUpper";

// What an estimate rests on; field data.
constexpr const char* Bandwidth = "Bandwidth";
constexpr const char* KernelCovariance = "KernelCovariance";
constexpr const char* BandwidthRule = "BandwidthRule";
constexpr const char* BandwidthError = "BandwidthError";
constexpr const char* SampleCount = "SampleCount";
constexpr const char* EffectiveSampleCount = "EffectiveSampleCount";
constexpr const char* TotalWeight = "TotalWeight";
constexpr const char* NonFinitePoints = "NonFinitePoints";
constexpr const char* Precision = "Precision";
constexpr const char* ConfidenceLevel = "ConfidenceLevel";
constexpr const char* SampleBounds = "SampleBounds";

// What an engine says of its estimate; field data.
constexpr const char* Kernel = "Kernel";
constexpr const char* LostWeight = "LostWeight";
constexpr const char* Engine = "Engine";
constexpr const char* DensityFloor = "DensityFloor";
constexpr const char* RelativeErrorBound = "RelativeErrorBound";
constexpr const char* DensityErrorBound = "DensityErrorBound";
constexpr const char* LogDensityErrorBound = "LogDensityErrorBound";
constexpr const char* ScoreErrorBound = "ScoreErrorBound";
constexpr const char* ExactShare = "ExactShare";
constexpr const char* MeshShare = "MeshShare";
constexpr const char* Spectrum = "Spectrum";
constexpr const char* ZeroPadding = "ZeroPadding";
constexpr const char* DroppedWeight = "DroppedWeight";
constexpr const char* WrapPeriod = "WrapPeriod";
constexpr const char* RoundOffFloor = "RoundOffFloor";
constexpr const char* TruncationFloor = "TruncationFloor";
constexpr const char* SpreadingFloor = "SpreadingFloor";
constexpr const char* WrapFloor = "WrapFloor";
constexpr const char* MinimumBeforeClamp = "MinimumBeforeClamp";
constexpr const char* Boundaries = "Boundaries";
constexpr const char* BoxLengths = "BoxLengths";

// A mixture, and the truth that it gives.
constexpr const char* MixtureComponents = "MixtureComponents";
constexpr const char* Mixture = "Mixture";
constexpr const char* Sampling = "Sampling";
constexpr const char* Seed = "Seed";
constexpr const char* Component = "Component";
constexpr const char* TrueDensity = "TrueDensity";
constexpr const char* TrueLogDensity = "TrueLogDensity";
constexpr const char* TrueScore = "TrueScore";
constexpr const char* TruthBandwidth = "TruthBandwidth";

// Score Field: arrays.
constexpr const char* ScoreMagnitude = "ScoreMagnitude";
constexpr const char* Reliability = "Reliability"; ///< also a column
constexpr const char* StabilityMask = "StabilityMask";
constexpr const char* PValue = "PValue";
constexpr const char* FloorMargin = "FloorMargin";
constexpr const char* DifferenceError = "DifferenceError";
constexpr const char* ScoreSampleSize = "ScoreSampleSize";
constexpr const char* ScoreStandardError = "ScoreStandardError";
constexpr const char* HessianEigenvalues = "HessianEigenvalues";

// Score Field: field data and columns of the summary.
constexpr const char* ReliabilityCounts = "ReliabilityCounts";
constexpr const char* StableShare = "StableShare";
constexpr const char* StableMeasure = "StableMeasure";
constexpr const char* ScoreMethod = "ScoreMethod";
constexpr const char* ScoreTolerance = "ScoreTolerance";
constexpr const char* ScoreDensityFloor = "ScoreDensityFloor";
constexpr const char* SignificanceThreshold = "SignificanceThreshold";
constexpr const char* Class = "Class";
constexpr const char* Nodes = "Nodes";
constexpr const char* Share = "Share";
constexpr const char* Measure = "Measure";

// Score Field beside a truth: field data and columns.
constexpr const char* TruthMass = "TruthMass";
constexpr const char* FisherDivergence = "FisherDivergence";
constexpr const char* ScoreRmse = "ScoreRmse";
constexpr const char* StableTruthMass = "StableTruthMass";
constexpr const char* StableFisherDivergence = "StableFisherDivergence";
constexpr const char* StableScoreRmse = "StableScoreRmse";
constexpr const char* WorstScoreError = "WorstScoreError";
constexpr const char* WorstNode = "WorstNode";
constexpr const char* WorstX = "WorstX";
constexpr const char* WorstY = "WorstY";
constexpr const char* WorstZ = "WorstZ";

// Score Flow: arrays of particles and trajectories.
constexpr const char* Speed = "Speed";
constexpr const char* Displacement = "Displacement";
constexpr const char* ParticleNumber = "ParticleNumber";
constexpr const char* ParticleState = "ParticleState";
constexpr const char* PathLogDensity = "PathLogDensity";
constexpr const char* PosteriorCovariance = "PosteriorCovariance";
constexpr const char* Basin = "Basin";
constexpr const char* Step = "Step"; ///< also field data

// Score Flow: field data.
constexpr const char* FlowMode = "FlowMode";
constexpr const char* NonFiniteParticles = "NonFiniteParticles";
constexpr const char* StepSizeLimit = "StepSizeLimit";
constexpr const char* AcceptanceRate = "AcceptanceRate";
constexpr const char* NumberOfModes = "NumberOfModes";
constexpr const char* Modes = "Modes";
constexpr const char* ModeLogDensity = "ModeLogDensity";
constexpr const char* ParticlesWithoutScore = "ParticlesWithoutScore";
constexpr const char* Temperature = "Temperature";
constexpr const char* ScoreSmoothing = "ScoreSmoothing";
constexpr const char* GuidedClass = "GuidedClass";
constexpr const char* GuidanceWeight = "GuidanceWeight";

// Compare Densities: arrays, and columns of the tables.
constexpr const char* DensityError = "DensityError";
constexpr const char* LogDensityError = "LogDensityError";
constexpr const char* ScoreError = "ScoreError";
constexpr const char* ScoreAngle = "ScoreAngle";
constexpr const char* Metric = "Metric";
constexpr const char* Value = "Value";
constexpr const char* ReferenceMassShare = "ReferenceMassShare";
constexpr const char* LargestScoreError = "LargestScoreError";

// Highest Density Regions: arrays, and columns of the tables.
constexpr const char* EnclosedMass = "EnclosedMass";
constexpr const char* DensityLevel = "DensityLevel";
constexpr const char* Region = "Region";
constexpr const char* TailMass = "TailMass";
constexpr const char* OutlierScore = "OutlierScore";
constexpr const char* RegionMass = "RegionMass";
constexpr const char* Islands = "Islands";
constexpr const char* SampleShare = "SampleShare";
constexpr const char* PeakDensity = "PeakDensity";
constexpr const char* PeakX = "PeakX";
constexpr const char* PeakY = "PeakY";
constexpr const char* PeakZ = "PeakZ";
constexpr const char* MassInImage = "MassInImage"; ///< field data

// Density Modes: arrays.
constexpr const char* CriticalType = "CriticalType";
constexpr const char* Persistence = "Persistence";
constexpr const char* Partner = "Partner";
constexpr const char* ParentBasin = "ParentBasin";
constexpr const char* Significant = "Significant";
constexpr const char* WayType = "WayType";
constexpr const char* CriticalPoint = "CriticalPoint";

// Density Modes: field data.
constexpr const char* CriticalCounts = "CriticalCounts";
constexpr const char* SignificantModes = "SignificantModes";
constexpr const char* SamplesWithoutMode = "SamplesWithoutMode";

// Density From Score: arrays.
constexpr const char* Island = "Island";
constexpr const char* ScoreResidual = "ScoreResidual";
constexpr const char* CurlResidual = "CurlResidual";
constexpr const char* DivergenceResidual = "DivergenceResidual";

// Density From Score: field data.
constexpr const char* NumberOfIslands = "NumberOfIslands";
constexpr const char* IslandMasses = "IslandMasses";
constexpr const char* NodesRecovered = "NodesRecovered";
constexpr const char* SolverIterations = "SolverIterations";
constexpr const char* SolverResidual = "SolverResidual";
constexpr const char* MisfitShare = "MisfitShare";
constexpr const char* SamplesOutsideIslands = "SamplesOutsideIslands";

// Score Matching Fit: field data. Those from Noise to KernelScoreError are also columns.
constexpr const char* FitModel = "FitModel";
constexpr const char* SamplesUsed = "SamplesUsed";
constexpr const char* NumberOfCenters = "NumberOfCenters";
constexpr const char* FitOrigin = "FitOrigin";
constexpr const char* FitScale = "FitScale";
constexpr const char* Noise = "Noise";
constexpr const char* KernelWidth = "KernelWidth";
constexpr const char* Regularization = "Regularization";
constexpr const char* HeldOutObjective = "HeldOutObjective";
constexpr const char* KernelScoreError = "KernelScoreError";
constexpr const char* TrainingStep = "TrainingStep";
constexpr const char* TrimmedObjective = "TrimmedObjective"; ///< a column
constexpr const char* Loss = "Loss";                         ///< a column
constexpr const char* KernelLoss = "KernelLoss";             ///< a column
constexpr const char* KernelDistance = "KernelDistance";     ///< a column

// Density Difference: arrays.
constexpr const char* DensityA = "DensityA";
constexpr const char* DensityB = "DensityB";
constexpr const char* DensityDifference = "DensityDifference";
constexpr const char* LogDensityRatio = "LogDensityRatio";
constexpr const char* StandardisedDifference = "StandardisedDifference";
constexpr const char* DifferenceClass = "DifferenceClass";

// Density Difference: field data.
constexpr const char* SampleCountA = "SampleCountA";
constexpr const char* SampleCountB = "SampleCountB";
constexpr const char* EffectiveSampleCountA = "EffectiveSampleCountA";
constexpr const char* EffectiveSampleCountB = "EffectiveSampleCountB";
constexpr const char* DifferenceStatistic = "DifferenceStatistic";
constexpr const char* NodesTested = "NodesTested";
constexpr const char* DifferenceCounts = "DifferenceCounts";
constexpr const char* DifferenceShares = "DifferenceShares";

// Points From Arrays: a point array, and field data.
constexpr const char* CellSize = "CellSize";
constexpr const char* LogAxes = "LogAxes";
constexpr const char* PointsLeftOut = "PointsLeftOut";
// The titles of the axes; ParaView's own names.
constexpr const char* AxisTitleForX = "AxisTitleForX";
constexpr const char* AxisTitleForY = "AxisTitleForY";
constexpr const char* AxisTitleForZ = "AxisTitleForZ";

// Density Ridges: arrays.
constexpr const char* Filament = "Filament";
constexpr const char* FilamentLength = "FilamentLength";
constexpr const char* IsClosed = "IsClosed";
constexpr const char* ArcLength = "ArcLength";
constexpr const char* RidgeDirection = "RidgeDirection";
constexpr const char* RidgeStrength = "RidgeStrength";
constexpr const char* RidgeDistance = "RidgeDistance";

// Density Ridges: field data.
constexpr const char* NumberOfFilaments = "NumberOfFilaments";
constexpr const char* RidgeLength = "RidgeLength";
constexpr const char* RidgeUnit = "RidgeUnit";

// Bandwidth Scan: columns of the rules and arrays of the mode tree.
constexpr const char* Rule = "Rule";
constexpr const char* Problem = "Problem";
constexpr const char* ModePosition = "ModePosition";
constexpr const char* Track = "Track";
constexpr const char* JoinedTrack = "JoinedTrack";
constexpr const char* LastBandwidth = "LastBandwidth";
constexpr const char* CriticalBandwidth = "CriticalBandwidth"; ///< field data
}

/// Texts that are not those of an enumeration.
namespace vtkscorefields::texts
{
constexpr const char* RuleOfSweep = "Sweep"; ///< a BandwidthRule: each step has a bandwidth
constexpr const char* RuleOfImage = "Image"; ///< a BandwidthRule: it is that of the score image
constexpr const char* NoArray = "None";      ///< the choice of no array
constexpr const char* Coordinates = "Coordinates"; ///< the choice of a coordinate, not an array
}

#endif
