package import LinearAlgebra

/// The correspondence autoencoder of CCL's stage 1 (CCL section on joint optimisation; Feng, Wang, Li, ACM Multimedia 2014).
///
/// Codes `f = s(x W + b)` of images, `g` of texts, and decoders of their own weights, all logistic, under
/// `(1 - lambda) / 2 (||x - x'||^2 + ||y - y'||^2) + lambda / 2 ||f - g||^2`, the mean over a batch: reconstruction keeps what a
/// modality says, correlation brings pairs together.
package struct CorrespondenceAutoencoder: Equatable, Sendable {
    /// Encoder and decoder of one modality.
    package struct Side: Equatable, Sendable {
        package var encoder: DenseLayer, decoder: DenseLayer
        fileprivate var encoderMomentum: MomentumDescent, decoderMomentum: MomentumDescent

        init(inputs: Int, codes: Int, generator: inout SeededGenerator) {
            encoder = DenseLayer(inputs: inputs, outputs: codes, activation: .logistic, start: .normalByOutputs, generator: &generator)
            decoder = DenseLayer(inputs: codes, outputs: inputs, activation: .logistic, start: .normalByOutputs, generator: &generator)
            (encoderMomentum, decoderMomentum) = (MomentumDescent(encoder), MomentumDescent(decoder))
        }

        fileprivate mutating func advance(_ input: Matrix, _ code: Matrix, _ other: Matrix, _ terms: Terms, at step: Int) {
            let scale = 1 / Float(max(1, input.rows))
            let (decoded, byCode) = deltas(input, code, other, terms)
            decoderMomentum.step(&decoder, input: code, delta: decoded, scale: scale, rule: terms.rule, at: step)
            encoderMomentum.step(&encoder, input: input, delta: byCode, scale: scale, rule: terms.rule, at: step)
        }

        /// The gradients, summed over rows, before the activations of decoder and encoder.
        fileprivate func deltas(_ input: Matrix, _ code: Matrix, _ other: Matrix, _ terms: Terms) -> (decoded: Matrix, code: Matrix) {
            let output = decoder.forward(code)
            var decoded = Matrix.difference(output, input, alpha: terms.reconstruction)
            decoded.differentiate(.logistic, output: output)
            var byCode = Matrix.difference(code, other, alpha: terms.correlation)
            byCode.setProduct(decoded, .asIs, decoder.weights, .transposed, beta: 1)
            byCode.differentiate(.logistic, output: code)
            return (decoded, byCode)
        }
    }

    /// What a step needs beside the weights.
    fileprivate struct Terms {
        let correlation: Float, reconstruction: Float
        let rule: DescentRule
    }

    package var image: Side, text: Side
    /// The share of the correlation, and of the reconstruction.
    package var correlation: Float, reconstruction: Float
    package var step = 0
    package let rule: DescentRule
    package let batchSize: Int
    package let seed: UInt64

    /// Random weights. The paper's loss has `correlation` .7 and `reconstruction` .3.
    package init(
        imageInputs: Int, textInputs: Int, codes: Int, correlation: Float, reconstruction: Float, rule: DescentRule, batchSize: Int, seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        image = Side(inputs: imageInputs, codes: codes, generator: &generator)
        text = Side(inputs: textInputs, codes: codes, generator: &generator)
        (self.correlation, self.reconstruction, self.rule, self.batchSize, self.seed) = (correlation, reconstruction, rule, batchSize, seed)
    }

    /// Steps up to that number; rows of both are pairs with values from 0 to 1. About `20 n in codes` operations a step.
    package mutating func advance(to steps: Int, images: Matrix, texts: Matrix) {
        var order = BatchOrder(count: images.rows, batchSize: batchSize, seed: seed)
        while step < steps {
            let rows = order.rows(at: step)
            advance(images: images.gathering(rows), texts: texts.gathering(rows))
        }
    }

    /// One step on a batch.
    package mutating func advance(images: Matrix, texts: Matrix) {
        let f = image.encoder.forward(images), g = text.encoder.forward(texts)
        let terms = Terms(correlation: correlation, reconstruction: reconstruction, rule: rule)
        image.advance(images, f, g, terms, at: step)
        text.advance(texts, g, f, terms, at: step)
        step += 1
    }

    /// The loss of a batch.
    package func loss(images: Matrix, texts: Matrix) -> Double {
        let f = image.encoder.forward(images), g = text.encoder.forward(texts)
        let squares = Matrix.difference(image.decoder.forward(f), images).squaredNorm + Matrix.difference(text.decoder.forward(g), texts).squaredNorm
        return (Double(reconstruction) * squares + Double(correlation) * Matrix.difference(f, g).squaredNorm) / (2 * Double(max(1, images.rows)))
    }

    /// The gradients of `loss` by the image side's encoder and decoder weights.
    func imageGradients(images: Matrix, texts: Matrix) -> (encoder: Matrix, decoder: Matrix) {
        let f = image.encoder.forward(images), g = text.encoder.forward(texts)
        let (decoded, byCode) = image.deltas(images, f, g, Terms(correlation: correlation, reconstruction: reconstruction, rule: rule))
        let scale = 1 / Float(max(1, images.rows))
        var encoder = Matrix(rows: images.columns, columns: f.columns), decoder = Matrix(rows: f.columns, columns: images.columns)
        encoder.setProduct(images, .transposed, byCode, .asIs, alpha: scale)
        decoder.setProduct(f, .transposed, decoded, .asIs, alpha: scale)
        return (encoder, decoder)
    }

    package var isFinite: Bool {
        [image.encoder, image.decoder, text.encoder, text.decoder].allSatisfy { $0.weights.isFinite && $0.bias.allSatisfy(\.isFinite) }
    }
}
