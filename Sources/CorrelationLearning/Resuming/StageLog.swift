import Storage

/// The stages of one training: those that a journal kept, and those that run.
///
/// What comes in: the key of the training (data, settings, CPU) and a journal. What goes out: the state to go on from, and
/// checkpoints. It promises: a training that goes on from any checkpoint ends as one that never stopped; a checkpoint of another
/// training, or one that contradicts itself, is remarked on and not used.
final class StageLog {
    private let key: String
    private let journal: (any TrainingJournal)?
    private var states: [String: StageState] = [:]

    init(key: String = "", journal: (any TrainingJournal)? = nil) {
        self.key = key
        self.journal = journal
        guard let journal, let file = journal.last else { return }
        if file.metadata["key"] != key {
            journal.say("the checkpoint is of a training on other data or settings; this one starts from the beginning")
        } else if let kept = Checkpoint.states(of: file) {
            states = kept
            journal.say("a training that was stopped goes on after \(kept.values.reduce(0) { $0 + $1.course.epoch }) epochs")
        } else {
            journal.say("the checkpoint contradicts itself; the training starts from the beginning")
        }
    }

    /// The state of a stage to start from: what was kept of it, or `fresh`.
    func state(_ name: String, fresh: StageState) -> StageState {
        guard let kept = states[name], fresh.fits(kept) else { return fresh }
        return kept
    }

    /// Hears of a stage after each of its epochs.
    func note(_ name: String, _ state: StageState) {
        if state.course.isOver { states[name] = state.result }
        journal?.note(endsStage: state.course.isOver) {
            Checkpoint.file(states.merging([name: state.course.isOver ? state.result : state]) { $1 }, key: key)
        }
    }
}
