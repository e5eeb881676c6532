// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixturePresets.h"

#include <cmath>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
using Components = std::vector<MixtureComponent>;

Eigen::Matrix3d Round2D(double deviation)
{
  return deviation * deviation * Eigen::Vector3d(1.0, 1.0, 0.0).asDiagonal();
}

Eigen::Matrix3d Tensor(double xx, double yy, double zz, double xy, double yz, double xz)
{
  SymmetricTensor tensor;
  tensor << xx, yy, zz, xy, yz, xz;
  return ToMatrix(tensor);
}

/// The three Gaussians of the study; mean (0.6, -0.6), covariance 1.14 and 0.28.
Components Study()
{
  const Eigen::Matrix3d slanted = Tensor(0.5, 0.5, 0.0, 0.3, 0.0, 0.0);
  const Eigen::Matrix3d round = Tensor(0.5, 0.5, 0.0, 0.0, 0.0, 0.0);
  return { { 0.2, { -1.0, -1.0, 0.0 }, slanted }, { 0.2, { 1.0, 1.0, 0.0 }, slanted },
    { 0.6, { 1.0, -1.0, 0.0 }, round } };
}

Components SeparatedClusters()
{
  const Eigen::Matrix3d round = Round2D(0.3);
  return { { 1.0, { -1.8, -1.8, 0.0 }, round }, { 2.0, { 1.8, -1.8, 0.0 }, round },
    { 3.0, { -1.8, 1.8, 0.0 }, round }, { 4.0, { 1.8, 1.8, 0.0 }, round } };
}

Components RingOfEight()
{
  constexpr int Clusters = 8;
  Components components;
  for (int i = 0; i < Clusters; ++i)
  {
    const double angle = 2.0 * Pi * i / Clusters;
    components.push_back(
      { 1.0, { 2.0 * std::cos(angle), 2.0 * std::sin(angle), 0.0 }, Round2D(0.2) });
  }
  return components;
}

/// Half circles of radius 1.5, the lower one shifted by one radius and lifted by half of it.
Components TwoMoons()
{
  constexpr int PerMoon = 32;
  constexpr double Radius = 1.5;
  Components components;
  for (int i = 0; i < PerMoon; ++i)
  {
    const double angle = Pi * (i + 0.5) / PerMoon;
    const double x = Radius * (std::cos(angle) - 0.5);
    const double y = Radius * (std::sin(angle) - 0.25);
    components.push_back({ 1.0, { x, y, 0.0 }, Round2D(0.15) });
    components.push_back({ 1.0, { -x, -y, 0.0 }, Round2D(0.15) });
  }
  return components;
}

/// Points (r, t) with normal r and t, turned by an angle that grows with exp(r). Each blade is cut
/// along r; a piece takes its covariance through the Jacobian of the turn at its centre.
Components Pinwheel()
{
  constexpr int Blades = 5;
  constexpr int PerBlade = 15;
  constexpr double Scale = 1.7;  // mean radius
  constexpr double Along = 0.3;  // deviation along the blade, in mean radii
  constexpr double Across = 0.1; // deviation across
  constexpr double Twist = 0.25; // turn per exp(r)
  constexpr double Step = 4.8 * Along / (PerBlade - 1);
  Components components;
  for (int i = 0; i < Blades * PerBlade; ++i)
  {
    const double offset = Step * (i % PerBlade - (PerBlade - 1) / 2);
    const double radius = 1.0 + offset;
    const double turn = Twist * std::exp(radius);
    const double angle = 2.0 * Pi * (i / PerBlade) / Blades + turn;
    const Eigen::Vector3d outward(std::cos(angle), std::sin(angle), 0.0);
    const Eigen::Vector3d sideways(-std::sin(angle), std::cos(angle), 0.0);
    const Eigen::Vector3d along = outward + radius * turn * sideways; // derivative of the centre
    const Eigen::Matrix3d covariance =
      Step * Step * along * along.transpose() + Across * Across * sideways * sideways.transpose();
    components.push_back({ std::exp(-0.5 * offset * offset / (Along * Along)),
      Scale * radius * outward, Scale * Scale * covariance });
  }
  return components;
}

/// r grows with the angle, from half a turn to three turns, where it is 2.6; equal steps of arc.
Components Spiral()
{
  constexpr int Count = 120;
  constexpr double Growth = 2.6 / (6.0 * Pi);
  const double begin = Pi * Pi;
  const double end = 36.0 * Pi * Pi;
  Components components;
  for (int i = 0; i < Count; ++i)
  {
    // The arc length grows almost as angle^2.
    const double angle = std::sqrt(begin + (end - begin) * (i + 0.5) / Count);
    components.push_back({ 1.0,
      { Growth * angle * std::cos(angle), Growth * angle * std::sin(angle), 0.0 }, Round2D(0.12) });
  }
  return components;
}

/// Squares of side 1.2 on [-2.4, 2.4]^2, each of 5 by 5 Gaussians.
Components Checkerboard()
{
  constexpr int Squares = 4;
  constexpr int PerSide = 5;
  constexpr double Side = 1.2;
  constexpr double Step = Side / PerSide;
  constexpr int Nodes = Squares * PerSide;
  Components components;
  for (int i = 0; i < Nodes; ++i)
  {
    for (int j = 0; j < Nodes; ++j)
    {
      if ((i / PerSide + j / PerSide) % 2 == 0)
      {
        components.push_back({ 1.0,
          { Step * (i + 0.5) - 0.5 * Squares * Side, Step * (j + 0.5) - 0.5 * Squares * Side, 0.0 },
          Round2D(0.6 * Step) });
      }
    }
  }
  return components;
}

Components Clusters3D()
{
  return { { 0.2, { -1.0, -1.0, -0.8 }, Tensor(0.3, 0.3, 0.2, 0.2, 0.0, 0.0) },
    { 0.2, { 1.0, 1.0, -0.8 }, Tensor(0.2, 0.3, 0.4, 0.0, 0.2, 0.1) },
    { 0.3, { 1.0, -1.0, 0.8 }, Tensor(0.2, 0.2, 0.2, 0.0, 0.0, 0.0) },
    { 0.3, { -1.0, 1.0, 0.9 }, Tensor(0.4, 0.15, 0.15, 0.0, 0.0, -0.15) } };
}

/// (t cos t, y, t sin t) with t from one and a half to four and a half half turns, scaled to 2.5;
/// pieces are laid along the sheet and narrow across it.
Components SwissRoll()
{
  constexpr int AlongRoll = 48;
  constexpr int AlongAxis = 3;
  constexpr double Scale = 2.5 / (4.5 * Pi);
  constexpr double Thickness = 0.09;
  constexpr double AxisStep = 1.2;
  const double begin = 2.25 * Pi * Pi;
  const double end = 20.25 * Pi * Pi;
  Components components;
  for (int i = 0; i < AlongRoll; ++i)
  {
    const double t = std::sqrt(begin + (end - begin) * (i + 0.5) / AlongRoll);
    const Eigen::Vector3d centre(Scale * t * std::cos(t), 0.0, Scale * t * std::sin(t));
    const Eigen::Vector3d speed(
      Scale * (std::cos(t) - t * std::sin(t)), 0.0, Scale * (std::sin(t) + t * std::cos(t)));
    const Eigen::Vector3d step = (end - begin) / (2.0 * t * AlongRoll) * speed;
    const Eigen::Vector3d tangent = speed.normalized();
    const Eigen::Vector3d normal(-tangent[2], 0.0, tangent[0]);
    const Eigen::Matrix3d covariance = 0.5 * step * step.transpose() +
      Thickness * Thickness * normal * normal.transpose() +
      Tensor(0.0, 0.25 * AxisStep * AxisStep, 0.0, 0.0, 0.0, 0.0);
    for (int j = 0; j < AlongAxis; ++j)
    {
      const Eigen::Vector3d shift(0.0, AxisStep * (j - AlongAxis / 2), 0.0);
      components.push_back({ 1.0, centre + shift, covariance });
    }
  }
  return components;
}

Components MakeComponents(MixturePreset preset)
{
  switch (preset)
  {
    case MixturePreset::Study:
      return Study();
    case MixturePreset::SeparatedClusters:
      return SeparatedClusters();
    case MixturePreset::RingOfEight:
      return RingOfEight();
    case MixturePreset::TwoMoons:
      return TwoMoons();
    case MixturePreset::Pinwheel:
      return Pinwheel();
    case MixturePreset::Spiral:
      return Spiral();
    case MixturePreset::Checkerboard:
      return Checkerboard();
    case MixturePreset::Clusters3D:
      return Clusters3D();
    case MixturePreset::SwissRoll:
      return SwissRoll();
    case MixturePreset::Custom:
      break;
  }
  throw std::invalid_argument("Mixture is Custom, which is no preset");
}
}

Mixture MakeMixture(MixturePreset preset)
{
  return Mixture(MakeComponents(preset));
}
}
