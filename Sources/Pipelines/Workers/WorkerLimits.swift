import Glibc

/// What a worker process may take from its machine, so that a file made to exhaust it costs one job only.
enum WorkerLimits {
    /// Bytes of address space. The largest honest file that the default limits admit needs a third of it.
    static let addressSpace: rlim_t = 4 << 30

    /// Sets the limits for this process, for good. A lower limit set from outside stays.
    static func apply() throws {
        try lower(RLIMIT_AS, to: addressSpace)
        // A crash is counted and reported; a core file of a gigabyte in the archive's logs helps nobody.
        try lower(RLIMIT_CORE, to: 0)
    }

    private static func lower(_ resource: __rlimit_resource, to value: rlim_t) throws {
        var limit = rlimit()
        guard getrlimit(Int32(resource.rawValue), &limit) == 0 else { throw ShogoError(.failed, "cannot read a limit of the process: \(String(cString: strerror(errno)))") }
        limit.rlim_cur = min(limit.rlim_cur, value)
        limit.rlim_max = min(limit.rlim_max, value)
        guard setrlimit(Int32(resource.rawValue), &limit) == 0 else { throw ShogoError(.failed, "cannot limit the process: \(String(cString: strerror(errno)))") }
    }
}
