import LinearAlgebra
import Testing

@testable import CorrelationLearning

/// Two views of points in a few clusters: what categories are learned from.
private struct Clusters {
    var images: Matrix, texts: Matrix
    var labels: [Int]

    init(_ count: Int, classes: Int = 3, noise: Float, seed: UInt64) {
        var generator = SeededGenerator(seed: 1)
        let imageCentres = Matrix(rows: classes, columns: 6, values: generator.normalMatrix(rows: classes, columns: 6, deviation: 2))
        let textCentres = Matrix(rows: classes, columns: 5, values: generator.normalMatrix(rows: classes, columns: 5, deviation: 2))
        generator = SeededGenerator(seed: seed)
        labels = (0..<count).map { _ in Int(generator.next() % UInt64(classes)) }
        images = imageCentres.gathering(labels)
        texts = textCentres.gathering(labels)
        images.add(Matrix(rows: count, columns: 6, values: generator.normalMatrix(rows: count, columns: 6, deviation: 2 * noise)))
        texts.add(Matrix(rows: count, columns: 5, values: generator.normalMatrix(rows: count, columns: 5, deviation: noise)))
    }

    var pairs: [TrainingPair] { labels.indices.map { TrainingPair(sheet: $0, image: $0) } }

    static func accuracy(_ regression: SoftmaxRegression, _ rows: Matrix, _ labels: [Int]) -> Double {
        let posteriors = regression.posteriors(rows)
        let right = labels.indices.count { row in
            let values = posteriors.row(row)
            return values.firstIndex(of: values.max() ?? 0) == labels[row]
        }
        return Double(right) / Double(labels.count)
    }
}

struct CategoryTests {
    @Test func `Softmax regression follows its gradient`() {
        var generator = SeededGenerator(seed: 3)
        let rows = Matrix(rows: 6, columns: 3, values: generator.normalMatrix(rows: 6, columns: 3, deviation: 1))
        var targets = Matrix(rows: 6, columns: 4)
        for index in targets.values.indices where index % 3 != 0 { targets.values[index] = generator.uniform() }
        let point = generator.normalMatrix(rows: 4, columns: 4, deviation: 1)
        let weight = targets.rowSums
        let gradient = SoftmaxRegression.value(point, rows, targets, weight, 0.3).1
        for index in point.indices {
            var up = point, down = point
            up[index] += 1e-2
            down[index] -= 1e-2
            let slope = (SoftmaxRegression.value(up, rows, targets, weight, 0.3).0 - SoftmaxRegression.value(down, rows, targets, weight, 0.3).0) / 2e-2
            #expect(abs(slope - Double(gradient[index])) < 2e-3 + 1e-2 * abs(slope))
        }
    }

    @Test func `Softmax regression ends where its gradient is nothing`() throws {
        let data = Clusters(60, noise: 2, seed: 2)
        var targets = Matrix(rows: 60, columns: 3)
        for (row, label) in data.labels.enumerated() { targets[row, label] = 1 }
        let found = try #require(SoftmaxRegression(data.images, targets: targets, decay: 1, steps: 300))
        let weight = targets.rowSums
        let start = SoftmaxRegression.value([Float](repeating: 0, count: 21), data.images, targets, weight, 1).1
        let end = SoftmaxRegression.value(found.weights.values + found.bias, data.images, targets, weight, 1).1
        let length = { (values: [Float]) in values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        #expect(length(end) < 1e-2 * length(start))
    }

    @Test func `Rows of zeros in the targets change nothing`() throws {
        let data = Clusters(40, noise: 1, seed: 4)
        var targets = Matrix(rows: 40, columns: 3)
        for (row, label) in data.labels.enumerated() where row < 30 { targets[row, label] = 1 }
        let all = try #require(SoftmaxRegression(data.images, targets: targets, decay: 1))
        let some = Array(0..<30)
        let part = try #require(SoftmaxRegression(data.images.gathering(some), targets: targets.gathering(some), decay: 1))
        #expect(zip(all.weights.values, part.weights.values).allSatisfy { abs($0 - $1) < 0.05 })
    }

    @Test func `Codes have length one, and their cosine across modalities is the chance of one class`() {
        var generator = SeededGenerator(seed: 5)
        var images = Matrix(rows: 4, columns: 3, values: generator.normalMatrix(rows: 4, columns: 3, deviation: 2)), texts = images.scalingRows([-1, 2, 0, 1])
        images.softmaxRows()
        texts.softmaxRows()
        let (first, second) = (CategoryCode.codes(images, isText: false), CategoryCode.codes(texts, isText: true))
        #expect((first.rowNorms + second.rowNorms).allSatisfy { abs($0 - 1) < 1e-5 })
        let cosines = Matrix.product(first, .asIs, second, .transposed), chances = Matrix.product(images, .asIs, texts, .transposed)
        #expect(zip(cosines.values, chances.values).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test(arguments: [0, 10, 39, 40])
    func `The side that knows more teaches, however few labels the other one has`(labels count: Int) {
        let data = Clusters(200, noise: 0.4, seed: 12)
        let blind = Matrix(rows: 200, columns: 6, values: { var generator = SeededGenerator(seed: 13); return generator.normalMatrix(rows: 200, columns: 6, deviation: 1) }())
        let all = data.labels.map(Optional.some), few = all.enumerated().map { $0 < count ? $1 : nil }
        let trainer = CategoryTrainer()
        func side(_ features: Matrix, _ labels: [Int?]) -> CategoryTrainer.Side { CategoryTrainer.Side(features: features, labels: labels) }
        #expect(trainer.textTeaches(images: side(blind, few), texts: side(data.texts, all), classes: 3) == true)
        #expect(trainer.textTeaches(images: side(data.images, all), texts: side(blind, few), classes: 3) == false)
    }

    @Test(arguments: [0, 0.3])
    func `Calibration finds the share of wrong labels and how sharp logits should be`(noise: Double) {
        var generator = SeededGenerator(seed: 6)
        let count = 4_000, scale: Float = 0.5
        var logits = Matrix(rows: count, columns: 3), labels: [Int?] = []
        for row in 0..<count {
            let values = (0..<3).map { _ in 2 * generator.normal() }
            for column in 0..<3 { logits[row, column] = values[column] * scale }
            var posterior = Matrix(rows: 1, columns: 3, values: values)
            posterior.softmaxRows()
            var mark = generator.uniform(), label = 0
            while label < 2, mark > posterior[0, label] { mark -= posterior[0, label]; label += 1 }
            labels.append(Double(generator.uniform()) < noise ? Int(generator.next() % 3) : label)
        }
        let found = Calibration(logits: logits, labels: labels, shares: [1 / 3, 1 / 3, 1 / 3])
        #expect(abs(Double(found.noise) - noise) < 0.07, "noise \(found.noise)")
        #expect((1.5...2.5).contains(found.sharpness), "sharpness \(found.sharpness)")
    }

    @Test func `Trust falls with the posterior of the label`() {
        let labels: [Int?] = (0..<400).map { $0 % 2 == 0 || $0 % 20 == 1 ? 0 : 1 }
        var logits = Matrix(rows: 400, columns: 2)
        for row in 0..<400 { logits[row, row % 2] = 4 }
        let found = Calibration(logits: logits, labels: labels, shares: [0.5, 0.5])
        #expect(found.noise > 0)
        #expect(found.trust(posterior: 0.9, share: 0.5) > 0.8 && found.trust(posterior: 0.01, share: 0.5) < 0.2)
        #expect(Calibration(believing: logits, labels: labels).trust(posterior: 0.01, share: 0.5) == 1)
    }

    @Test func `Both modalities learn their categories, and the same seed learns the same`() throws {
        let data = Clusters(120, noise: 0.8, seed: 7), test = Clusters(200, noise: 0.8, seed: 8)
        let sides = { CategoryTrainer.Side(features: $0, labels: data.labels.map(Optional.some)) }
        let learn = { CategoryTrainer(seed: 1).learn(images: sides(data.images), texts: sides(data.texts), pairs: data.pairs, classes: 3) }
        let learned = try #require(learn())
        #expect(Clusters.accuracy(learned.text, test.texts, test.labels) > 0.9)
        #expect(Clusters.accuracy(learned.image, test.images, test.labels) > 0.75)
        #expect(learn() == learned)
    }

    @Test func `Pairs without a label carry what few labels say from one modality to the other`() throws {
        let data = Clusters(150, noise: 1, seed: 9), test = Clusters(300, noise: 1, seed: 10)
        let few = data.labels.enumerated().map { $0 < 12 ? Optional($1) : nil }
        func image(_ weight: Float) throws -> Double {
            var settings = CategoryTrainer.Settings()
            settings.unlabelledWeight = weight
            let learned = CategoryTrainer(settings: settings, seed: 1).learn(
                images: .init(features: data.images, labels: few), texts: .init(features: data.texts, labels: few), pairs: data.pairs, classes: 3)
            return Clusters.accuracy(try #require(learned).image, test.images, test.labels)
        }
        #expect(try image(0.5) > image(0) + 0.03)
    }

    @Test func `Wrong labels of a third cost less when they are weighed`() throws {
        var data = Clusters(400, noise: 1.2, seed: 11)
        let test = Clusters(600, noise: 1.2, seed: 12)
        for row in 0..<133 { data.labels[row] = (data.labels[row] + 1 + row % 2) % 3 }
        func text(_ weighs: Bool) throws -> Double {
            var settings = CategoryTrainer.Settings()
            settings.weighsLabels = weighs
            settings.textDecay = 0.01
            let side = { CategoryTrainer.Side(features: $0, labels: data.labels.map(Optional.some)) }
            let learned = CategoryTrainer(settings: settings, seed: 1).learn(images: side(data.images), texts: side(data.texts), pairs: data.pairs, classes: 3)
            let posteriors = try #require(learned).text.posteriors(test.texts)
            return test.labels.enumerated().reduce(0) { $0 + Double(posteriors[$1.offset, $1.element]) } / 600
        }
        #expect(try text(true) > text(false) + 0.05)
    }
}
