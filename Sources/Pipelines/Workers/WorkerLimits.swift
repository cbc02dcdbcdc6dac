import Glibc

/// What a worker process may take from its machine, so that a file made to exhaust it costs one job only.
enum WorkerLimits {
    /// Bytes of memory in use. The watchdog looks ten times a second and ends the worker above it.
    static let residentBytes = 896 << 20
    /// Bytes of private memory that can be had at all: what grows too fast for the watchdog ends here.
    static let privateBytes: rlim_t = 1536 << 20
    /// Bytes of address space: room to map a large scan.
    static let addressSpace: rlim_t = 64 << 30
    /// Seconds of processor time that one content may take; the watchdog counts those of the clock.
    static let processorSeconds = 60

    /// Sets the limits for this process, for good. A lower limit set from outside stays.
    static func apply() throws {
        try lower(RLIMIT_AS, to: addressSpace)
        try lower(RLIMIT_DATA, to: privateBytes)
        // A crash is counted and reported; a core file of a gigabyte in the archive's logs helps nobody.
        try lower(RLIMIT_CORE, to: 0)
    }

    /// Gives a content its share of processor time: beyond it the kernel ends the process, whatever its threads do.
    static func beginContent(seconds: Int) throws {
        var used = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
        let spent = Int(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
        var limit = try current(RLIMIT_CPU)
        limit.rlim_cur = min(limit.rlim_max, rlim_t(spent + seconds + 1))
        try set(RLIMIT_CPU, limit)
    }

    private static func lower(_ resource: __rlimit_resource, to value: rlim_t) throws {
        var limit = try current(resource)
        limit.rlim_cur = min(limit.rlim_cur, value)
        limit.rlim_max = min(limit.rlim_max, value)
        try set(resource, limit)
    }

    private static func current(_ resource: __rlimit_resource) throws -> rlimit {
        var limit = rlimit()
        guard getrlimit(Int32(resource.rawValue), &limit) == 0 else { throw ShogoError(.failed, "cannot read a limit of the process: \(String(cString: strerror(errno)))") }
        return limit
    }

    private static func set(_ resource: __rlimit_resource, _ limit: rlimit) throws {
        var limit = limit
        guard setrlimit(Int32(resource.rawValue), &limit) == 0 else { throw ShogoError(.failed, "cannot limit the process: \(String(cString: strerror(errno)))") }
    }
}
