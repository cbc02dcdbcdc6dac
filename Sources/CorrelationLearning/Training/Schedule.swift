import LinearAlgebra

/// What validation chooses: the closed form's ridges and power, and how long each stage runs.
struct Schedule {
    var imageRidge: Float
    var textRidge: Float
    var power: Float
    var stage1Epochs: Int
    var stage2Epochs: Int
}
