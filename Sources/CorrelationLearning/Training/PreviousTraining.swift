/// What an incremental training goes on from.
public struct PreviousTraining: Sendable {
    /// Learned from all pairs known then.
    public var model: CorrelationModel
    /// The same as validation judged it: without the pairs that it held back.
    public var trial: CorrelationModel
    public var record: TrainingRecord
    /// Places among the pairs of the new training set that are new since.
    public var fresh: Set<Int>

    public init(model: CorrelationModel, trial: CorrelationModel, record: TrainingRecord, fresh: Set<Int>) {
        self.model = model
        self.trial = trial
        self.record = record
        self.fresh = fresh
    }
}
