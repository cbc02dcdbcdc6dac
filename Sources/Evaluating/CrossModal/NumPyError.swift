public import SystemPackage

/// A file that cannot be read as a NumPy array: which, why, and what to do.
public struct NumPyError: Error, Equatable, Sendable, CustomStringConvertible {
    public let path: FilePath
    public let why: String
    public let remedy: String

    public var description: String { "\(path) cannot be read as a NumPy array: \(why); \(remedy)" }

    static func damaged(_ path: FilePath, _ why: String) -> NumPyError {
        NumPyError(path: path, why: why, remedy: "write it again with numpy.save")
    }

    static func unsupported(_ path: FilePath, _ why: String, _ change: String) -> NumPyError {
        NumPyError(path: path, why: why, remedy: "save \(change) with numpy.save")
    }
}
