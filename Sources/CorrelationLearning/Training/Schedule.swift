/// What validation chooses: the closed form's ridges and power, how long each stage runs, and how much the category counts.
struct Schedule {
    var imageRidge: Float = 1
    var textRidge: Float = 1
    var power: Float = 1
    var stage1Epochs = 0
    var stage2Epochs = 0
    var balance: Float = 0
}
