import CSandbox
import Glibc
import SystemPackage

/// Rights that a worker gives up before it touches a file of the archive: whatever a crafted file makes of a decoder, it can
/// write nowhere but in the workspace, open no socket and start no program.
enum WorkerSandbox {
    /// Gives the rights up for good. Where there is no Landlock or no seccomp filter (old kernels, some containers) the worker goes on without that one.
    static func enter(_ workspace: Workspace) throws {
        let written = workspace.path.withPlatformString { shogo_sandbox_write_only_below($0) }
        guard [0, ENOSYS].contains(written) else {
            throw ShogoError(.failed, "cannot confine a worker to \(workspace.path): \(String(cString: strerror(written)))")
        }
        let socketless = shogo_sandbox_forbid_sockets()
        guard [0, ENOSYS, EINVAL, EPERM].contains(socketless) else {
            throw ShogoError(.failed, "cannot forbid a worker to open sockets: \(String(cString: strerror(socketless)))")
        }
    }
}
