import CorrelationLearning
@testable import Evaluating
import LinearAlgebra
import Testing

/// Every method of the table on one small set.
struct MethodTests {
    /// Pairs in two classes, both sides with features that are not negative.
    static func pairs(_ count: Int, seed: UInt64) -> PairedFeatures {
        var generator = SeededGenerator(seed: seed)
        var (images, texts): ([Float], [Float]) = ([], [])
        for row in 0..<count {
            images += (0..<5).map { ($0 < 2) == (row % 2 == 0) ? 1 + generator.uniform() : generator.uniform() }
            texts += (0..<6).map { ($0 < 3) == (row % 2 == 0) ? 1 + generator.uniform() : generator.uniform() }
        }
        return PairedFeatures(
            images: Matrix(rows: count, columns: 5, values: images), texts: Matrix(rows: count, columns: 6, values: texts),
            labels: (0..<count).map { $0 % 2 })
    }

    static let quick: [any CrossModalMethod.Type] = CrossModalMethods.all.filter { $0.needsLabels && !$0.isRandom }

    private func check<Method: CrossModalMethod>(_ type: Method.Type) throws {
        let set = Self.pairs(40, seed: 1), test = Self.pairs(30, seed: 2)
        let method = try #require(type.candidates(for: set).first)
        let scorer = try method.fit(set, seed: 1)
        let figures = CrossModalFigures(scorer, on: test)
        #expect(try #require(figures.mean) > 0.8, "\(type.name) \(figures)")
        #expect(try method.fit(set, seed: 1).scores(test) == scorer.scores(test))
    }

    @Test func `Every rival in closed form tells two clear classes apart, and the same twice`() throws {
        for method in Self.quick { try check(method) }
    }

    @Test(arguments: ["Bimodal AE", "Multimodal DBN", "Corr-AE", "CMDN", "Deep-SM"])
    func `A rival with random weights tells them apart, and the same twice with one seed`(name: String) throws {
        let method = try #require(CrossModalMethods.named(name))
        try check(method)
    }

    @Test func `The bimodal autoencoder's step goes down the slope of rebuilding both sides from either and from both`() {
        var generator = SeededGenerator(seed: 7)
        func rows(_ columns: Int) -> Matrix { Matrix(rows: 4, columns: columns, values: (0..<4 * columns).map { _ in generator.uniform() }) }
        let (x, y, labels) = (rows(3), rows(2), rows(2))
        let (before, after) = (
            BimodalAutoencoder.learn(x, y, codes: 3, labels: labels, steps: 0, seed: 1),
            BimodalAutoencoder.learn(x, y, codes: 3, labels: labels, steps: 1, seed: 1)
        )
        let target = x.joiningColumns(y).joiningColumns(labels)
        func loss(_ network: Perceptron) -> Double {
            let views = [(true, false), (false, true), (true, true)].map { BimodalAutoencoder.view(x, y, image: $0.0, text: $0.1) }
            return views.reduce(0) { $0 + Matrix.difference(network.output(of: $1), target).squaredNorm } / Double(2 * 3 * x.rows)
        }
        for layer in before.layers.indices {
            for place in before.layers[layer].weights.values.indices {
                let step: Float = 1e-2
                var (up, down) = (before, before)
                up.layers[layer].weights.values[place] += step
                down.layers[layer].weights.values[place] -= step
                let slope = Float((loss(up) - loss(down)) / Double(2 * step))
                let weight = before.layers[layer].weights.values[place]
                // The first step's rate is 0.05, its pull to zero 1e-4 of the weight.
                let moved = (after.layers[layer].weights.values[place] - weight) / 0.05 + 1e-4 * weight
                #expect(abs(slope + moved) < 1e-4 + 1e-2 * abs(slope), "weight \(place) of layer \(layer)")
            }
        }
    }

    @Test func `The product's default tells them apart`() throws { try check(ShogoMethod.self) }

    @Test func `Methods that need labels say so`() {
        var set = Self.pairs(12, seed: 3)
        (set.labels, set.classCount) = (nil, 0)
        for method in Self.quick {
            let row = Comparison(training: set, test: set).rows([method])[0]
            #expect(row.figures == nil && row.error?.contains("--labels") == true, "\(method.name)")
        }
    }

    @Test func `Names are unique and found in any case`() {
        #expect(Set(CrossModalMethods.all.map { $0.name.lowercased() }).count == CrossModalMethods.all.count)
        #expect(CrossModalMethods.named("corr-ae").map { $0.name } == "Corr-AE")
        #expect(CrossModalMethods.named("none") == nil)
    }

    @Test func `Belief layers, autoencoders and networks of the rivals stay finite on a small set`() throws {
        let set = Self.pairs(30, seed: 4)
        let layers = BeliefLayers(set.images, widths: [6, 4], steps: 30, seed: 1)
        #expect(layers.isFinite && layers.states(of: set.images).columns == 4)
        let net = JointBeliefNet(set, width: 4, hidden: 3, steps: 20, seed: 1)
        let sides = net.oneSided(set)
        #expect(net.isFinite && sides.images.columns == 3 && sides.texts.isFinite)
        let autoencoder = BimodalAutoencoder.learn(layers.states(of: set.images), layers.states(of: set.images), codes: 3, labels: set.targets, steps: 20, seed: 1)
        #expect(autoencoder.isFinite && autoencoder.layers[1].outputs == 10)
    }

    @Test func `Deep canonical correlation finds pairs better than chance`() throws {
        let set = Self.pairs(60, seed: 5), test = Self.pairs(40, seed: 6)
        let scorer = try DeepCanonicalCorrelation(outputs: 2, steps: 10, ridge: 1).fit(set, seed: 1)
        #expect(try #require(CrossModalFigures(scorer, on: test).mean) > 0.6)
    }
}
