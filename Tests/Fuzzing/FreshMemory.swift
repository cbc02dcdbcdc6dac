import Glibc

/// What malloc hands out.
enum FreshMemory {
    // The Glibc module leaves malloc.h out.
    private static let option = dlsym(nil, "mallopt").map { unsafeBitCast($0, to: (@convention(c) (CInt, CInt) -> CInt).self) }
    private static let perturb: CInt = -6

    /// From now on fresh memory holds this byte, so that a decoder that reads what it never wrote gives two outcomes for one file.
    static func fill(_ byte: UInt8) { _ = option?(perturb, CInt(~byte)) }

    /// From now on fresh memory holds what it held before.
    static func leave() { _ = option?(perturb, 0) }
}
