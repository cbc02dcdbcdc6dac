import CKernels
import COpenBLAS
import Glibc

/// The algebra library of this process. It works in the calling thread alone: `CKernels` tells it so before `main`.
public enum BLAS {
    static var threadCount: Int { Int(openblas_get_num_threads()) }

    /// The kernel set that OpenBLAS chose for this CPU, such as `SkylakeX`; results carry it, since bits follow it.
    public static var core: String { String(cString: openblas_get_corename()) }

    /// The kernel set that this process should have asked OpenBLAS for, in the environment variable `OPENBLAS_CORETYPE` before it
    /// started; `nil` where it has a good one, or where the user chose.
    ///
    /// A library older than the CPU does not know it and falls back to kernels of 2004, at a quarter of the speed: Debian 12's 0.3.21
    /// on Intel's Emerald Rapids.
    public static var missedCore: String? {
        getenv(coreVariable) == nil ? missedCore(has: core, vectorBits: Int(kernel_vector_bits())) : nil
    }

    public static let coreVariable = "OPENBLAS_CORETYPE"

    static func missedCore(has core: String, vectorBits: Int) -> String? {
        // What it takes for 64-bit CPUs that it has no other name for.
        guard core.lowercased() == "prescott" else { return nil }
        return vectorBits >= 512 ? "SkylakeX" : vectorBits >= 256 ? "Haswell" : nil
    }
}
