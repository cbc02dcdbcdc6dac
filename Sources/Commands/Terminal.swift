import Foundation
import Pipelines

/// Standard output is data, standard error is for people.
enum Terminal {
    /// A line for people.
    static func say(_ line: String) {
        StandardError.write(line + "\n")
    }

    /// Bytes of a result. A closed pipe is not an error: its reader has seen enough.
    static func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                if errno == EPIPE { return }
                throw ShogoError(.failed, "cannot write the result: \(String(cString: strerror(errno)))")
            }
            rest = rest.dropFirst(written)
        }
    }

    static func print(_ line: String) throws {
        try write(Array((line + "\n").utf8))
    }

    /// One JSON object on one line, keys sorted.
    static func print(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try write(Array(try encoder.encode(value)) + [10])
    }
}
