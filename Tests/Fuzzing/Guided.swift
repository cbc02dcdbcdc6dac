import Glibc
import Parsing

/// Hands the trial to libFuzzer, where a special build has linked it (docs/fuzzing.md). Coverage guides it into our Swift and the C doors.
enum Guided {
    private typealias Test = @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
    private typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private typealias Driver = @convention(c) (UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Arguments>, Test) -> Int32

    static func run(_ rest: [String]) throws -> Int32 {
        guard let symbol = dlsym(nil, "LLVMFuzzerRunDriver") else { throw UsageError("this build has no libFuzzer; docs/fuzzing.md says how to make one") }
        let driver = unsafeBitCast(symbol, to: Driver.self)
        // Never freed: libFuzzer keeps them until the process ends.
        let words = ["shogo-fuzz"] + rest
        let arguments = Arguments.allocate(capacity: words.count + 1)
        for (index, word) in words.enumerated() { arguments[index] = strdup(word) }
        arguments[words.count] = nil
        var count = Int32(words.count)
        var start = arguments
        return driver(&count, &start) { bytes, count in
            var fuzzCase = FuzzCase(bytes: Array(UnsafeBufferPointer(start: bytes, count: count)), name: "file.md")
            fuzzCase.limits.maxPixels = 1 << 20
            if let finding = Trial.run(fuzzCase).finding { fatalError(finding) }
            return 0
        }
    }
}
