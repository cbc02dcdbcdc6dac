import Foundation
import Pipelines

/// Standard output is data, standard error is for people.
enum Terminal {
    /// A line for people.
    static func say(_ line: TerminalText) {
        StandardError.say(line)
    }

    /// Bytes of a result, as they are. A closed pipe is not an error: its reader has seen enough.
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

    /// A line for people; what stands in it from files does nothing to their terminal.
    static func print(_ line: TerminalText) throws {
        try write(Array((line.text + "\n").utf8))
    }

    /// One JSON object on one line, keys sorted.
    static func print(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try write(Array(try encoder.encode(value)) + [10])
    }
}
