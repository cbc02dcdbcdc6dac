public import CorrelationLearning

/// `shogo bench training`.
public enum TrainingBenchmark {
    public static func rows(rounds: Int) -> [TrainingThroughput] { TrainingThroughput.measure(rounds: rounds) }
}
