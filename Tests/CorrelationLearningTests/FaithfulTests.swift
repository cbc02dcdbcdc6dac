import Glibc
import LinearAlgebra
import Testing

@testable import CorrelationLearning

/// CCL as published: every loss against central differences, every part in its place.
struct FaithfulTests {
    private static func random(_ rows: Int, _ columns: Int, _ seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: seed)
        return Matrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in generator.uniform() })
    }

    private static func check(
        _ point: [Float], _ gradient: [Float], sourceLocation: SourceLocation = #_sourceLocation, _ loss: ([Float]) -> Double
    ) {
        for index in point.indices {
            var up = point, down = point
            up[index] += 1e-2
            down[index] -= 1e-2
            let slope = (loss(up) - loss(down)) / 2e-2
            #expect(abs(slope - Double(gradient[index])) < 1e-3 + 2e-2 * abs(slope), "value \(index)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: [false, true])
    func `The contrast follows its gradient, or twice that as released`(isDoubled: Bool) {
        let (s, t) = (Self.random(4, 3, 1), Self.random(4, 3, 2))
        var agreement = Matrix(rows: 4, columns: 4)
        for (row, column) in [(0, 0), (1, 1), (2, 2), (3, 3), (0, 2), (2, 0)] { agreement[row, column] = 1 }
        func evaluate(_ s: [Float], _ t: [Float]) -> (loss: Float, images: Matrix, texts: Matrix) {
            ContrastiveMargin.evaluate(
                images: Matrix(rows: 4, columns: 3, values: s), texts: Matrix(rows: 4, columns: 3, values: t), agreement: agreement, margin: 1,
                isDoubled: isDoubled)
        }
        let found = evaluate(s.values, t.values), factor: Double = isDoubled ? 2 : 1
        Self.check(s.values, found.images.values) { factor * Double(evaluate($0, t.values).loss) }
        Self.check(t.values, found.texts.values) { factor * Double(evaluate(s.values, $0).loss) }
    }

    @Test(arguments: [(Float(0.7), Float(0.3)), (0, 1), (1, 0)])
    func `The autoencoder follows the gradients of reconstruction and correlation together`(correlation: Float, reconstruction: Float) {
        let rule = DescentRule(rate: 0.1, firstMomentum: 0, lastMomentum: 0, decay: 0)
        let network = CorrespondenceAutoencoder(
            imageInputs: 4, textInputs: 3, codes: 2, correlation: correlation, reconstruction: reconstruction, rule: rule, batchSize: 5, seed: 1)
        let (x, y) = (Self.random(5, 4, 3), Self.random(5, 3, 4))
        let gradients = network.imageGradients(images: x, texts: y)
        Self.check(network.image.encoder.weights.values, gradients.encoder.values) {
            var changed = network
            changed.image.encoder.weights.values = $0
            return changed.loss(images: x, texts: y)
        }
        Self.check(network.image.decoder.weights.values, gradients.decoder.values) {
            var changed = network
            changed.image.decoder.weights.values = $0
            return changed.loss(images: x, texts: y)
        }
    }

    /// A step without momentum or decay moves weights against the gradient, so it tells the gradient.
    @Test(arguments: [(Float(1), Float(1)), (1, 0), (0, 1)])
    func `Stage 2 follows the gradients of both heads through every layer`(contrast: Float, category: Float) {
        var settings = FaithfulSettings.CommonSettings()
        (settings.width, settings.contrastiveWeight, settings.categoryWeight, settings.doublesContrast) = (3, contrast, category, false)
        settings.headRule = DescentRule(rate: 1e-3, firstMomentum: 0, lastMomentum: 0, decay: 0)
        settings.fuseRule = settings.headRule
        let network = TwoHeadedNetwork(imageInputs: 4, textInputs: 5, classes: 2, settings: settings, seed: 3)
        let (x, y) = (Self.random(6, 4, 5), Self.random(6, 5, 6)), labels = [0, 1, 0, 1, 1, 0]
        var moved = network
        moved.advance(images: x, texts: y, labels: labels)
        let parts: [WritableKeyPath<TwoHeadedNetwork, DenseLayer>] = [\.image.first, \.image.fuse, \.image.head, \.text.first, \.text.fuse, \.text.head]
        for part in parts {
            let before = network[keyPath: part], after = moved[keyPath: part]
            Self.check(before.weights.values, zip(before.weights.values, after.weights.values).map { ($0 - $1) / 1e-3 }) {
                var changed = network
                changed[keyPath: part].weights.values = $0
                return changed.loss(images: x, texts: y, labels: labels)
            }
            Self.check(before.bias, zip(before.bias, after.bias).map { ($0 - $1) / 1e-3 }) {
                var changed = network
                changed[keyPath: part].bias = $0
                return changed.loss(images: x, texts: y, labels: labels)
            }
        }
    }

    @Test(arguments: [0, 0.5] as [Float])
    func `A step of a label network goes down its slope, whatever units it leaves out`(dropout: Float) {
        let (rows, targets) = (Self.random(6, 4, 1), Matrix(rows: 6, columns: 2, values: [1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0]))
        let rule = DescentRule(rate: 1, firstMomentum: 0, lastMomentum: 0, decay: 0)
        let before = LabelNetwork(widths: [4, 7, 5, 2], rule: rule, batchSize: 6, seed: 3, dropout: dropout)
        var after = before
        after.advance(rows, targets: targets)
        func loss(_ network: LabelNetwork) -> Float {
            CrossEntropy.evaluate(logits: network.states(of: rows)[3], targets: targets).loss / Float(rows.rows)
        }
        for layer in before.network.layers.indices {
            for place in before.network.layers[layer].weights.values.indices {
                let step: Float = 1e-2
                var (up, down) = (before, before)
                up.network.layers[layer].weights.values[place] += step
                down.network.layers[layer].weights.values[place] -= step
                let slope = (loss(up) - loss(down)) / (2 * step)
                let moved = after.network.layers[layer].weights.values[place] - before.network.layers[layer].weights.values[place]
                #expect(abs(slope + moved) < 1e-3 + 2e-2 * abs(slope), "weight \(place) of layer \(layer)")
            }
        }
    }

    @Test func `A label network learns clusters, and its step lowers the loss`() {
        var rows = Self.random(40, 4, 7)
        var targets = Matrix(rows: 40, columns: 2)
        for row in 0..<40 {
            rows[row, row % 2] += 1
            targets[row, row % 2] = 1
        }
        let rule = DescentRule(rate: 0.1, firstMomentum: 0.5, lastMomentum: 0.5, decay: 1e-4)
        var network = LabelNetwork(widths: [4, 8, 8, 2], rule: rule, batchSize: 20, seed: 1)
        network.advance(to: 150, rows, targets: targets)
        let posteriors = network.posteriors(of: rows)
        #expect((0..<40).count { posteriors[$0, $0 % 2] > 0.5 } >= 38)
        #expect(network.features(of: rows).columns == 8 && network.step == 150)
    }

    @Test func `A step sees whole batches, every row once an epoch, and depends on its number alone`() {
        var order = BatchOrder(count: 10, batchSize: 4, seed: 5), other = BatchOrder(count: 10, batchSize: 4, seed: 5)
        let steps = (0..<6).map { order.rows(at: $0) }
        #expect(steps.allSatisfy { $0.count == 4 } && Set(steps[0] + steps[1]).count == 8)
        #expect(other.rows(at: 5) == steps[5] && other.rows(at: 1) == steps[1])
        var few = BatchOrder(count: 3, batchSize: 100, seed: 1), none = BatchOrder(count: 0, batchSize: 4, seed: 1)
        #expect(few.rows(at: 7).sorted() == [0, 1, 2] && none.rows(at: 0).isEmpty)
    }

    /// Pairs in two classes with two parts each; texts are counts.
    static func world(_ count: Int, seed: UInt64, labels: Bool = true, parts: Bool = true) -> PairedFeatures {
        var generator = SeededGenerator(seed: seed)
        var (images, texts): ([Float], [Float]) = ([], [])
        for row in 0..<2 * count {
            let label = row / 2 % 2
            images += (0..<6).map { ($0 < 3) == (label == 0) ? 1 + generator.normal() / 2 : generator.normal() / 2 }
            texts += (0..<8).map { ($0 < 4) == (label == 0) ? Float(generator.next() % 6) : Float(generator.next() % 2) }
        }
        let offsets = (0...count).map { 2 * $0 }
        let imageParts = RaggedRows(values: Matrix(rows: 2 * count, columns: 6, values: images), offsets: offsets)
        let textParts = RaggedRows(values: Matrix(rows: 2 * count, columns: 8, values: texts), offsets: offsets)
        return PairedFeatures(
            images: imageParts.means(or: Matrix(rows: count, columns: 6)), texts: textParts.means(or: Matrix(rows: count, columns: 8)),
            labels: labels ? (0..<count).map { $0 % 2 } : nil, imageParts: parts ? imageParts : nil, textParts: parts ? textParts : nil)
    }

    static var small: FaithfulSettings {
        var settings = FaithfulSettings.fast
        (settings.imageFirst, settings.textFirst, settings.second, settings.codes) = (8, 8, 8, 8)
        (settings.fused, settings.labelWidth, settings.common.width) = (8, 8, 8)
        for rule in [\FaithfulSettings.imageFirstRule, \.imageSecondRule, \.textFirstRule, \.textSecondRule, \.fusedRule] { settings[keyPath: rule].steps = 60 }
        (settings.correlationSteps, settings.labelSteps, settings.common.steps) = (100, 60, 150)
        return settings
    }

    @Test(arguments: [true, false])
    func `Both grains together find the other modality's class, with the same result for the same seed`(parts: Bool) throws {
        let set = Self.world(40, seed: 1, parts: parts), test = Self.world(20, seed: 2, parts: parts)
        var named: [String] = []
        let model = try #require(FaithfulTrainer(Self.small) { name, _ in named.append(name) }.learn(set))
        let codes = model.codes(test), again = try #require(FaithfulTrainer(Self.small).learn(set)).codes(test)
        #expect(codes.images == again.images && codes.texts == again.texts)
        let scores = Matrix.product(codes.images.normalizingRows, .asIs, codes.texts.normalizingRows, .transposed)
        let same = (0..<20).flatMap { row in (0..<20).filter { $0 % 2 == row % 2 }.map { scores[row, $0] } }
        let other = (0..<20).flatMap { row in (0..<20).filter { $0 % 2 != row % 2 }.map { scores[row, $0] } }
        func mean(_ values: [Float]) -> Float { values.reduce(0, +) / Float(values.count) }
        #expect(mean(same) > mean(other) + 0.2)
        #expect(named.contains("autoencoder part") == parts)
    }

    @Test(arguments: FaithfulSettings.Ablation.allCases)
    func `Every ablation learns, and is not the whole method`(ablation: FaithfulSettings.Ablation) throws {
        let set = Self.world(24, seed: 3)
        let whole = try #require(FaithfulTrainer(Self.small).learn(set)), part = try #require(FaithfulTrainer(Self.small.with(ablation)).learn(set))
        #expect(part.codes(set).images != whole.codes(set).images)
        #expect(part.grains.count == (ablation == .coarseOnly || ablation == .fineOnly ? 1 : 2))
    }

    @Test func `Without labels every pair is its own class, and no label network is learned`() throws {
        let model = try #require(FaithfulTrainer(Self.small).learn(Self.world(20, seed: 4, labels: false)))
        #expect(model.imageNetwork == nil && model.common != nil)
    }

    @Test func `Quirks are on or off one by one`() {
        let plain = Self.small.with([])
        #expect(!plain.common.doublesContrast && !plain.common.reversesFeatures && plain.common.classifierOutputs == 0)
        let all = Self.small.with([.doubledGradient, .featureReversal, .paddedClassifier])
        #expect(all.common.doublesContrast && all.common.reversesFeatures && all.common.classifierOutputs == 256)
        let rows = Self.random(40, 5, 9), reversed = rows.reversingSome(key: 3)
        let turned = (0..<40).count { reversed.row($0) != rows.row($0) }
        #expect((8...32).contains(turned))
        for row in 0..<40 { #expect(reversed.row(row) == rows.row(row) || reversed.row(row) == rows.row(row).reversed()) }
    }

    @Test func `Undefined features make no model`() {
        var set = Self.world(8, seed: 5)
        set.images[0, 0] = .nan
        #expect(FaithfulTrainer(Self.small).learn(set) == nil)
    }

    @Test func `The paper's schedule is the released one`() {
        let paper = FaithfulSettings.paper
        #expect(paper.imageFirst == 2048 && paper.fused == 2048 && paper.common.steps == 20_000 && paper.lambda == 0.7)
        #expect(paper.textFirstRule.drawsCountsFrom == 5_000 && paper.imageSecondRule.gibbsSteps(at: 20_000) == 3)
        #expect(paper.common.doublesContrast && paper.normalisation == .test)
        #expect(paper.labelStart == .normalByOutputs && FaithfulSettings.fast.labelStart == .normalForRectifier)
    }
}
