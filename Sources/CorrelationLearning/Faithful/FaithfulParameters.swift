import LinearAlgebra

/// What of each part of CCL is kept when it is done. Momentum is not: only the common representation goes on, and keeps its own.
extension DenseLayer: Parameters {
    var matrices: [Matrix] { [weights, Matrix(row: bias)] }

    mutating func take(from matrices: inout ArraySlice<Matrix>) {
        weights = matrices.removeFirst()
        bias = matrices.removeFirst().values
    }
}

extension MomentumDescent: Parameters {
    var matrices: [Matrix] { [weights, Matrix(row: bias)] }

    mutating func take(from matrices: inout ArraySlice<Matrix>) {
        weights = matrices.removeFirst()
        bias = matrices.removeFirst().values
    }
}

extension RestrictedBoltzmannMachine: Parameters {
    var matrices: [Matrix] { [weights, Matrix(row: visibleBias), Matrix(row: hiddenBias)] }

    mutating func take(from matrices: inout ArraySlice<Matrix>) {
        weights = matrices.removeFirst()
        visibleBias = matrices.removeFirst().values
        hiddenBias = matrices.removeFirst().values
    }
}

extension CorrespondenceAutoencoder: Parameters {
    var matrices: [Matrix] { [image.encoder, image.decoder, text.encoder, text.decoder].flatMap(\.matrices) }

    mutating func take(from matrices: inout ArraySlice<Matrix>) {
        image.encoder.take(from: &matrices)
        image.decoder.take(from: &matrices)
        text.encoder.take(from: &matrices)
        text.decoder.take(from: &matrices)
    }
}

extension LabelNetwork: Parameters {
    var matrices: [Matrix] { network.layers.flatMap(\.matrices) }

    mutating func take(from matrices: inout ArraySlice<Matrix>) {
        for index in network.layers.indices { network.layers[index].take(from: &matrices) }
    }
}

extension Matrix {
    fileprivate init(row: [Float]) { self.init(rows: 1, columns: row.count, values: row) }
}
