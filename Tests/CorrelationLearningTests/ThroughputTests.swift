import Testing

@testable import CorrelationLearning

struct ThroughputTests {
    @Test func `A step is measured beside the products that it is made of`() {
        let rows = TrainingThroughput.measure(rounds: 1, steps: 2)
        #expect(rows.map(\.part) == ["autoencoder", "stage 2"])
        #expect(rows.map(\.batch) == [100, 80])
        for row in rows {
            #expect(row.productRate > 0.1 && row.ratio > 0.01 && row.ratio < 3, "\(row)")
            #expect(abs(row.ratio * row.productRate - row.stepRate) < 0.01 * row.stepRate)
        }
    }
}
