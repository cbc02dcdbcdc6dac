import Glibc

/// Time and memory of processes.
enum Clock {
    /// Seconds since the machine started.
    static var now: Double { Double(read(CLOCK_MONOTONIC)) / 1e9 }

    /// Processor time of this process, in nanoseconds: a busy machine makes no case slow.
    static var processor: UInt64 { read(CLOCK_PROCESS_CPUTIME_ID) }

    /// Processor time of another process; `nil` when it is gone.
    static func processor(of process: pid_t) -> UInt64? {
        var clock = clockid_t()
        guard clock_getcpuclockid(process, &clock) == 0 else { return nil }
        var time = timespec()
        return clock_gettime(clock, &time) == 0 ? UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec) : nil
    }

    /// Opened early: a confined child opens no file for writing.
    private static let peakReset = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)

    /// Forgets the most memory held so far.
    static func resetPeakMemory() { _ = write(peakReset, "5", 1) }

    /// The most memory that this process has held since then, in KiB.
    static var peakMemory: UInt64 {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return UInt64(usage.ru_maxrss)
    }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
