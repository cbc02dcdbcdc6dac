import Glibc
import LinearAlgebra

/// Sees to it that algebra uses what the CPU can do.
public enum FastKernels {
    /// Starts the program again, in this process, where OpenBLAS did not know the CPU (`BLAS.missedCore`): it chooses its kernels before
    /// `main` and never again. Call it before anything else; does nothing where all is well, and goes on where it cannot.
    public static func restartWhereMissed() {
        guard let core = BLAS.missedCore, setenv(BLAS.coreVariable, core, 1) == 0 else { return }
        execv("/proc/self/exe", CommandLine.unsafeArgv)
    }
}
