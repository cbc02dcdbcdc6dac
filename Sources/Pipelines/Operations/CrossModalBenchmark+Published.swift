import Evaluating
import Storage
public import SystemPackage

extension CrossModalBenchmark {
    /// Runs CCL as it was released: hours for each seed, so parts that are done are kept in `checkpoint`, a folder that is made when
    /// there is none. A run that was killed goes on from there. `remark` hears of every part.
    ///
    /// Throws `ShogoError` when CCL is not among the methods, and what making the folder throws.
    public mutating func publish(checkpoint: FilePath?, remark: @escaping @Sendable (String) -> Void) throws {
        guard methods.contains(where: { $0 == FaithfulCorrelationLearning.self }) else {
            throw ShogoError(.usage, "--profile is about CCL, which --methods leaves out")
        }
        if let checkpoint { try AtomicFile.createDirectory(checkpoint) }
        published = FaithfulCorrelationLearning(.paper, checkpoint: checkpoint, remark: remark)
    }
}
