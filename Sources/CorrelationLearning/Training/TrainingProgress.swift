/// One step of a training, for people who wait.
public struct TrainingProgress: Equatable, Sendable {
    public var stage: TrainingStage
    /// From 1; 0 is before the first epoch.
    public var epoch: Int
    /// The most epochs this stage may take.
    public var of: Int
    /// The mean training loss of the epoch; `nil` for closed forms.
    public var loss: Double?
    /// The mean of R@5 and MRR on validation, 0 to 1; `nil` in the refit.
    public var validation: Double?

    public init(stage: TrainingStage, epoch: Int, of: Int, loss: Double?, validation: Double?) {
        self.stage = stage
        self.epoch = epoch
        self.of = of
        self.loss = loss
        self.validation = validation
    }
}
