# SPDX-License-Identifier: BSD-3-Clause
# Finds what every configuration needs; says what to install where something is missing.

function (scorefields_missing what package)
  message(FATAL_ERROR "ScoreFields needs ${what}, which was not found. On Debian or Ubuntu: "
    "apt-get install ${package}; tools/install-deps.sh installs everything at once.")
endfunction ()

find_package(Eigen3 3.4 QUIET NO_MODULE)
if (NOT Eigen3_FOUND)
  scorefields_missing("Eigen 3.4 or later" libeigen3-dev)
endif ()

# Debian ships fftw3.pc, but no CMake package that knows the threaded library.
find_package(PkgConfig QUIET)
if (NOT PKG_CONFIG_FOUND)
  scorefields_missing("pkg-config" pkg-config)
endif ()
pkg_check_modules(FFTW3 QUIET IMPORTED_TARGET fftw3)
find_library(FFTW3_THREADS_LIBRARY fftw3_threads HINTS ${FFTW3_LIBRARY_DIRS})
if (NOT FFTW3_FOUND OR NOT FFTW3_THREADS_LIBRARY)
  scorefields_missing("FFTW 3 with its threaded library" libfftw3-dev)
endif ()

pkg_check_modules(HIGHWAY QUIET IMPORTED_TARGET libhwy>=1.0)
if (NOT HIGHWAY_FOUND)
  scorefields_missing("Google Highway 1.0 or later" libhwy-dev)
endif ()
find_package(Threads REQUIRED)
