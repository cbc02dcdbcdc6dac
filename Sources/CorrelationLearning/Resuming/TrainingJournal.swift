public import Storage

/// Where a training writes down how far it is, so that one that was killed goes on from there.
public protocol TrainingJournal: AnyObject {
    /// The checkpoint that an earlier training left, its checksums verified; `nil` when there is none that can be read.
    var last: TensorFile? { get }
    /// Hears of the state after each epoch, and keeps it or not; the state after the last epoch of a stage (`endsStage`) should
    /// be kept. Making `checkpoint` costs about a copy and a digest of the parameters.
    func note(endsStage: Bool, _ checkpoint: () -> TensorFile)
    /// Hears what people should know of the checkpoint.
    func say(_ remark: String)
}
