import Glibc

/// A page of memory that a child and its supervisor share: what the child does now stays readable when it dies.
///
/// Only the child writes. Its words are whole numbers of 8 bytes, which the machine never tears.
final class Blackboard {
    enum Field: Int, CaseIterable {
        /// The case under test, and the processor time of the child when its present call began, in nanoseconds.
        case number, callStarted
        /// Of this child: cases that ended, documents among them, the slowest case and its time.
        case cases, documents, slowestNumber, slowestNanoseconds
        /// The most memory it has held, in KiB.
        case peak
    }

    static let size = 4096
    private static let messageOffset = 1024
    private let memory: UnsafeMutableRawPointer

    /// Maps the file, which is made when it is not there.
    init(path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, ftruncate(descriptor, off_t(Self.size)) == 0 else { throw UsageError("cannot make \(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        guard let mapped = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), mapped != MAP_FAILED else {
            throw UsageError("cannot map \(path): \(String(cString: strerror(errno)))")
        }
        memory = mapped
    }

    deinit { munmap(memory, Self.size) }

    subscript(field: Field) -> UInt64 {
        get { memory.load(fromByteOffset: field.rawValue * 8, as: UInt64.self) }
        set { memory.storeBytes(of: newValue, toByteOffset: field.rawValue * 8, as: UInt64.self) }
    }

    /// What the child found, at most 1,000 bytes.
    var message: String {
        get { String(cString: (memory + Self.messageOffset).assumingMemoryBound(to: CChar.self)) }
        set {
            var bytes = Array(newValue.utf8.prefix(1000))
            bytes.append(0)
            (memory + Self.messageOffset).copyMemory(from: bytes, byteCount: bytes.count)
        }
    }

    func clear() { memset(memory, 0, Self.size) }
}
