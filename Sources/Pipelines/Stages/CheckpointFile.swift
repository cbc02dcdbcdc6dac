import CorrelationLearning
import Glibc
import Storage
import SystemPackage

/// `models/training.safetensors`: how far the training in progress is, so that the next one goes on after a kill.
///
/// Written at the end of each stage and else every few seconds, whole and atomically. Damage costs the time of a training, never
/// its result; so it is remarked on and no error.
final class CheckpointFile: TrainingJournal {
    private let path: FilePath
    private let interval: Duration
    private let remark: (String) -> Void
    private var written = ContinuousClock.now
    private var hasFailed = false

    /// Writes at most every `interval` within a stage; `remark` hears what people should know.
    init(_ workspace: Workspace, interval: Duration = .seconds(2), remark: @escaping (String) -> Void) {
        path = workspace.modelFolder.appending("training.safetensors")
        self.interval = interval
        self.remark = remark
    }

    var last: TensorFile? {
        do throws(StorageError) {
            let file = try TensorFile(contentsOf: path, kind: Checkpoint.kind, versions: Checkpoint.version...Checkpoint.version)
            try file.verify()
            let copy = TensorFile(kind: file.kind, version: file.version, metadata: file.metadata, tensors: file.tensors.mapValues(\.copy))
            try file.checkRead()
            return copy
        } catch {
            if !error.isMissing { say("the checkpoint of a training that was stopped cannot be used: \(error)") }
            return nil
        }
    }

    func note(endsStage: Bool, _ checkpoint: () -> TensorFile) {
        guard !hasFailed, endsStage || written.duration(to: .now) >= interval else { return }
        do throws(StorageError) {
            try AtomicFile.createDirectory(path.removingLastComponent())
            try checkpoint().write(to: path)
        } catch {
            hasFailed = true
            say("a training that is stopped now would start anew, since its state cannot be written: \(error)")
        }
        written = .now
    }

    func say(_ remark: String) { self.remark(remark) }

    /// Forgets the training: its model is published.
    func remove() throws(StorageError) {
        guard path.withPlatformString({ unlink($0) }) == 0 || errno == ENOENT else {
            throw .system(operation: "remove", path: path, errno: Errno(rawValue: errno))
        }
    }
}
