import LinearAlgebra

/// All that the steps of a stage move: both encoders, and what the stage learns beside them.
struct StageParameters: Parameters {
    var image: Encoder, text: Encoder
    var extras: StageExtras

    var matrices: [Matrix] { image.matrices + text.matrices + extras.matrices }

    mutating func take(from matrices: inout ArraySlice<Matrix>) {
        image.take(from: &matrices)
        text.take(from: &matrices)
        extras.take(from: &matrices)
    }
}

/// What a stage learns beside the encoders, and forgets afterwards.
struct StageExtras: Parameters {
    /// Stage 1 reconstructs features.
    var imageDecoder: Decoder?, textDecoder: Decoder?
    /// Later stages tell categories, where any are known,
    var head: CategoryHead?
    /// and weigh pairs against categories, where the balance is adaptive.
    var uncertainties: Uncertainties?

    /// The logarithms of how uncertain the two constraints of stage 2 are, which weigh them.
    struct Uncertainties: NamedParameters {
        /// `1 x 1` each.
        var pair: Matrix, category: Matrix

        static var order: [(name: String, path: WritableKeyPath<Uncertainties, Matrix>)] { [("pair", \.pair), ("category", \.category)] }

        init(pair: Float = 0, category: Float = 0) {
            self.pair = Matrix(rows: 1, columns: 1, values: [pair])
            self.category = Matrix(rows: 1, columns: 1, values: [category])
        }
    }

    var matrices: [Matrix] { imageDecoder.matrices + textDecoder.matrices + head.matrices + uncertainties.matrices }

    mutating func take(from matrices: inout ArraySlice<Matrix>) {
        imageDecoder.take(from: &matrices)
        textDecoder.take(from: &matrices)
        head.take(from: &matrices)
        uncertainties.take(from: &matrices)
    }
}
