import CSandbox
import Glibc
import Storage
import SystemPackage

/// Rights that a worker gives up before it touches a file of the archive: whatever a crafted file makes of a decoder, it writes nowhere
/// but where its stage does, makes nothing but files there, changes nothing else of any file, opens no socket, starts no program and no
/// process, and reaches into none.
///
/// Each for good. Where there is no Landlock or no seccomp filter (old kernels, some containers) the worker goes on without that one.
public enum WorkerSandbox {
    /// Gives up writing elsewhere, then starts this program anew with `arguments` and returns only when that cannot be done:
    /// Landlock holds for the calling thread and what comes of it, and libraries start threads before `main`.
    public static func confine(to workspace: Workspace, stage: String, restartingWith arguments: [String]) throws {
        let status = try WorkerPlaces(workspace, stage: stage).lend { shogo_sandbox_write_only_at($0, $1) }
        guard status != ENOSYS else { return }
        guard status == 0 else { throw ShogoError(.failed, "cannot confine a worker to \(workspace.path): \(String(cString: strerror(status)))") }
        let words = arguments.map { strdup($0) }
        defer { for word in words { free(word) } }
        execv("/proc/self/exe", words + [nil])
    }

    /// Gives up the system calls that a worker has no need of.
    static func enter() throws {
        let status = shogo_sandbox_forbid_calls(true)
        guard [0, ENOSYS, EINVAL, EPERM].contains(status) else {
            throw ShogoError(.failed, "cannot forbid a worker to open sockets: \(String(cString: strerror(status)))")
        }
    }
}
