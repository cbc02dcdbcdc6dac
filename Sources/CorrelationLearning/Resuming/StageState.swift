import LinearAlgebra

/// Everything that a stage of gradient steps needs to go on after any of its epochs as if it had not stopped.
struct StageState: Equatable {
    /// What is no matrix.
    struct Course: Codable, Equatable {
        /// Epochs done.
        var epoch = 0
        /// What shuffles the batches of the epochs to come.
        var generator: SeededGenerator
        /// Steps of AdamW done.
        var steps = 0
        var bestEpoch = 0
        var bestFigure: Double
        /// The epochs done, where validation judged them.
        var epochs: [TrainingRecord.Epoch] = []
        var isOver = false
    }

    var course: Course
    /// Both encoders and the extras of the stage; empty when the stage is over.
    var parameters: [Matrix]
    /// The moments of AdamW, which lie like the parameters.
    var first: [Matrix], second: [Matrix]
    /// The parameters of both encoders after the best epoch.
    var best: [Matrix]

    /// A stage that has not begun; `baseline` is the figure that an epoch has to surpass.
    init(parameters: [Matrix], encoders: CommonEncoders, baseline: Double?, generator: SeededGenerator) {
        course = Course(generator: generator, bestFigure: baseline ?? -1)
        self.parameters = parameters
        first = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
        second = first
        best = encoders.matrices
    }

    init(course: Course, parameters: [Matrix], first: [Matrix], second: [Matrix], best: [Matrix]) {
        (self.course, self.parameters, self.first, self.second, self.best) = (course, parameters, first, second, best)
    }

    /// What later stages need of a stage that is over.
    var result: StageState { StageState(course: course, parameters: [], first: [], second: [], best: best) }

    /// Whether `other` can go on in the place of this state.
    func fits(_ other: StageState) -> Bool {
        func alike(_ some: [Matrix], _ others: [Matrix]) -> Bool {
            some.count == others.count && zip(some, others).allSatisfy { $0.rows == $1.rows && $0.columns == $1.columns }
        }
        return alike(best, other.best)
            && (other.course.isOver
                || alike(parameters, other.parameters) && alike(parameters, other.first) && alike(parameters, other.second))
    }
}
