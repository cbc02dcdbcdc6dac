import Documents
import Glibc
import Parsing
import Testing

/// What `shogo-fuzz` found (docs/fuzzing.md), each made small.
@Suite("Findings of the fuzzer", .serialized)
struct FuzzFindingsTests {
    /// PNG, case 1:1864. libpng 1.6.39 reserves and clears what a text chunk claims to hold before it reads a byte of it.
    @Test("A small PNG file whose text claims 2 GiB takes no memory", arguments: ["tEXt", "zTXt", "iTXt", "iCCP", "sPLT", "hIST", "pCAL", "sCAL"])
    func claimedText(name: String) throws {
        var bytes = try fixture("rgb.png")
        // Behind the header: 8 bytes of signature and a chunk of 25.
        bytes.insert(contentsOf: [0x7F, 0xFF, 0xFF, 0xF0] + Array(name.utf8), at: 33)
        #expect(outcome(bytes).reason == .truncated)
        #expect(peakMemory < 1 << 30)
    }

    /// The most memory that this process has held, in bytes: other tests share it, and none of them needs a tenth of a gigabyte.
    private var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss << 10
    }
}
