import Testing

@testable import LinearAlgebra

@Suite("The algebra library") struct BLASTests {
    @Test("is asked for other kernels only where it does not know a CPU that can do more", arguments: [
        ("Prescott", 512, "SkylakeX"), ("Prescott", 256, "Haswell"), ("PRESCOTT", 256, "Haswell"), ("Prescott", 128, nil),
        ("SkylakeX", 512, nil), ("Haswell", 512, nil), ("Zen", 256, nil), ("neoversen1", 128, nil),
    ] as [(String, Int, String?)])
    func missedCore(core: String, bits: Int, better: String?) {
        #expect(BLAS.missedCore(has: core, vectorBits: bits) == better)
    }

    @Test("has kernels that this CPU can run") func own() {
        #expect(!BLAS.core.isEmpty && BLAS.missedCore != BLAS.core)
    }
}
