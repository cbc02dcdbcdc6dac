package import LinearAlgebra

/// Stage 2 of CCL: two networks without a shared weight whose last layer serves two tasks (CCL section on multi-task learning).
///
/// `a = s(x W1 + b1)`, `z = a W2 + b2`; the inter-modality head is `s(z)`, the common code, under `ContrastiveMargin`; the
/// intra-modality head is `z U + c` under cross-entropy. Both gradients meet in `z`: that is all of the paper's "adaptive balance".
package struct TwoHeadedNetwork: Equatable, Sendable {
    /// One modality.
    package struct Side: Equatable, Sendable {
        package var first: DenseLayer, fuse: DenseLayer, head: DenseLayer
        fileprivate var firstMomentum: MomentumDescent, fuseMomentum: MomentumDescent, headMomentum: MomentumDescent

        init(inputs: Int, width: Int, outputs: Int, generator: inout SeededGenerator) {
            first = DenseLayer(inputs: inputs, outputs: width, activation: .logistic, generator: &generator)
            fuse = DenseLayer(inputs: width, outputs: width, activation: .identity, generator: &generator)
            head = DenseLayer(inputs: width, outputs: outputs, activation: .identity, generator: &generator)
            (firstMomentum, fuseMomentum, headMomentum) = (MomentumDescent(first), MomentumDescent(fuse), MomentumDescent(head))
        }

        /// One step of this side; `fused` is the gradient of the contrast before the code's activation.
        fileprivate mutating func advance(
            _ pass: Pass, _ fused: inout Matrix, _ labels: [Int]?, _ settings: FaithfulSettings.CommonSettings, at step: Int
        ) {
            if let labels, settings.categoryWeight > 0 {
                let weight = settings.categoryWeight / Float(max(1, pass.input.rows))
                let gradient = TwoHeadedNetwork.category(head, pass.fused, labels)
                fused.setProduct(gradient, .asIs, head.weights, .transposed, alpha: weight, beta: 1)
                headMomentum.step(&head, input: pass.fused, delta: gradient, scale: weight, rule: settings.headRule, at: step)
            }
            var hidden = Matrix.product(fused, .asIs, fuse.weights, .transposed)
            hidden.differentiate(.logistic, output: pass.hidden)
            fuseMomentum.step(&fuse, input: pass.hidden, delta: fused, scale: 1, rule: settings.fuseRule, at: step)
            firstMomentum.step(&first, input: pass.input, delta: hidden, scale: 1, rule: settings.headRule, at: step)
        }

        /// The common code of rows.
        package func codes(of rows: Matrix) -> Matrix {
            var code = fuse.forward(first.forward(rows))
            code.activate(.logistic)
            return code
        }
    }

    /// What a batch makes of one side, layer by layer.
    fileprivate struct Pass {
        let input: Matrix, hidden: Matrix, fused: Matrix, code: Matrix

        init(_ side: Side, _ input: Matrix) {
            self.input = input
            hidden = side.first.forward(input)
            fused = side.fuse.forward(hidden)
            var code = fused
            code.activate(.logistic)
            self.code = code
        }
    }

    package var image: Side, text: Side
    package var step = 0
    package let settings: FaithfulSettings.CommonSettings
    package let seed: UInt64

    /// Random weights; `classes` 0 for no labels.
    package init(imageInputs: Int, textInputs: Int, classes: Int, settings: FaithfulSettings.CommonSettings, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let outputs = classes == 0 ? 1 : max(classes, settings.classifierOutputs)
        image = Side(inputs: imageInputs, width: settings.width, outputs: outputs, generator: &generator)
        text = Side(inputs: textInputs, width: settings.width, outputs: outputs, generator: &generator)
        (self.settings, self.seed) = (settings, seed)
    }

    /// Steps up to that number; rows are pairs, `labels` their classes (`nil`: every pair is its own class).
    package mutating func advance(to steps: Int, images: Matrix, texts: Matrix, labels: [Int]?) {
        var order = BatchOrder(count: images.rows, batchSize: settings.batchSize, seed: seed)
        while step < steps {
            let rows = order.rows(at: step)
            var batch = (images: images.gathering(rows), texts: texts.gathering(rows))
            if settings.reversesFeatures {
                let key = seed &+ UInt64(step) &* 2
                batch = (batch.images.reversingSome(key: key), batch.texts.reversingSome(key: key &+ 1))
            }
            advance(images: batch.images, texts: batch.texts, labels: labels.map { labels in rows.map { labels[$0] } })
        }
    }

    /// One step on a batch.
    package mutating func advance(images: Matrix, texts: Matrix, labels: [Int]?) {
        let passes = (Pass(image, images), Pass(text, texts))
        var deltas = (
            Matrix(rows: images.rows, columns: settings.width), Matrix(rows: texts.rows, columns: settings.width)
        )
        if settings.contrastiveWeight > 0 {
            var inter = ContrastiveMargin.evaluate(
                images: passes.0.code, texts: passes.1.code, agreement: Self.agreement(labels, images.rows), margin: settings.margin,
                isDoubled: settings.doublesContrast)
            inter.images.differentiate(.logistic, output: passes.0.code)
            inter.texts.differentiate(.logistic, output: passes.1.code)
            deltas.0.add(inter.images, scale: settings.contrastiveWeight)
            deltas.1.add(inter.texts, scale: settings.contrastiveWeight)
        }
        image.advance(passes.0, &deltas.0, labels, settings, at: step)
        text.advance(passes.1, &deltas.1, labels, settings, at: step)
        step += 1
    }

    /// The gradient of the summed cross-entropy before the softmax.
    fileprivate static func category(_ head: DenseLayer, _ fused: Matrix, _ labels: [Int]) -> Matrix {
        CrossEntropy.evaluate(logits: head.forward(fused), targets: targets(labels, head.outputs)).gradient
    }

    private static func targets(_ labels: [Int], _ classes: Int) -> Matrix {
        var targets = Matrix(rows: labels.count, columns: classes)
        for (row, label) in labels.enumerated() { targets[row, label] = 1 }
        return targets
    }

    private static func agreement(_ labels: [Int]?, _ count: Int) -> Matrix {
        var agreement = Matrix(rows: count, columns: count)
        for row in 0..<count {
            for column in 0..<count where labels.map({ $0[row] == $0[column] }) ?? (row == column) { agreement[row, column] = 1 }
        }
        return agreement
    }

    /// The loss of a batch: both heads, by their weights.
    package func loss(images: Matrix, texts: Matrix, labels: [Int]?) -> Double {
        let inter = ContrastiveMargin.evaluate(
            images: image.codes(of: images), texts: text.codes(of: texts), agreement: Self.agreement(labels, images.rows),
            margin: settings.margin, isDoubled: false)
        var loss = Double(settings.contrastiveWeight * inter.loss)
        guard let labels, settings.categoryWeight > 0 else { return loss }
        for (side, rows) in [(image, images), (text, texts)] {
            let logits = side.head.forward(side.fuse.forward(side.first.forward(rows)))
            loss += Double(settings.categoryWeight * CrossEntropy.evaluate(logits: logits, targets: Self.targets(labels, side.head.outputs)).loss)
                / Double(max(1, rows.rows))
        }
        return loss
    }

    package var isFinite: Bool {
        [image.first, image.fuse, image.head, text.first, text.fuse, text.head].allSatisfy { $0.weights.isFinite && $0.bias.allSatisfy(\.isFinite) }
    }
}

/// Layers and their momentum, so that one that was kept goes on as if it had not stopped; the step is the caller's to keep.
extension TwoHeadedNetwork: Parameters {
    var matrices: [Matrix] { image.matrices + text.matrices }

    mutating func take(from matrices: inout ArraySlice<Matrix>) {
        image.take(from: &matrices)
        text.take(from: &matrices)
    }
}

extension TwoHeadedNetwork.Side: Parameters {
    var matrices: [Matrix] {
        first.matrices + fuse.matrices + head.matrices + firstMomentum.matrices + fuseMomentum.matrices + headMomentum.matrices
    }

    mutating func take(from matrices: inout ArraySlice<Matrix>) {
        first.take(from: &matrices)
        fuse.take(from: &matrices)
        head.take(from: &matrices)
        firstMomentum.take(from: &matrices)
        fuseMomentum.take(from: &matrices)
        headMomentum.take(from: &matrices)
    }
}

extension Matrix {
    /// Each row reversed with probability one half: what the released code's `mirror` did to feature vectors.
    func reversingSome(key: UInt64) -> Matrix {
        var result = self
        for row in 0..<rows where SeededGenerator.mixed(key &* 0x1_0000 &+ UInt64(row)) & 1 == 1 {
            result.values[row * columns..<(row + 1) * columns].reverse()
        }
        return result
    }
}
