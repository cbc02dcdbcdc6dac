/// What validation chooses: the closed form's ridges and power, how long each stage runs, how much the category counts, and hubness correction.
struct Schedule {
    var imageRidge: Float = 1
    var textRidge: Float = 1
    var power: Float = 1
    var stage1Epochs = 0
    var stage2Epochs = 0
    var fineEpochs = 0
    var balance: Float = 0
    /// Whether the pair's cosine is sharpened beside the category.
    var isSharpened = false
    /// How much the alignment of parts counts in a score, 0 to 1.
    var fineShare: Float = 0
    /// How many neighbours hubness correction counts; 0 for none.
    var neighbours = 0

    /// How many epochs a stage of gradient steps runs.
    subscript(stage: TrainingStage) -> Int {
        get {
            switch stage {
            case .stage1: stage1Epochs
            case .stage2: stage2Epochs
            case .fine: fineEpochs
            default: 0
            }
        }
        set {
            switch stage {
            case .stage1: stage1Epochs = newValue
            case .stage2: stage2Epochs = newValue
            case .fine: fineEpochs = newValue
            default: break
            }
        }
    }
}
