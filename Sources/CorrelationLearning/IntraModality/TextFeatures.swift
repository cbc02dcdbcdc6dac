import Documents
import Glibc
import LinearAlgebra

/// Latent semantic features of sheets: weighted counts, projected and centred.
struct TextFeatures: Sendable {
    let vocabulary: Vocabulary
    /// `vocabulary x k`: latent semantic components, scaled.
    let projection: Matrix
    /// The mean of the projected sheets: `k` values.
    let mean: [Float]

    init(vocabulary: Vocabulary, projection: Matrix, mean: [Float]) {
        self.vocabulary = vocabulary
        self.projection = projection
        self.mean = mean
    }

    /// Learns from all sheets; `nil` when a count is not finite.
    init?(learning sheets: [SheetDescriptor], settings: TrainingSettings, generator: inout SeededGenerator) {
        let vocabulary = Vocabulary(
            learning: sheets, size: settings.vocabularySize, fieldWeights: settings.fieldWeights)
        let rows = SparseRows(columns: vocabulary.terms.count, rows: sheets.map(vocabulary.row))
        guard let (vectors, values) = rows.leadingComponents(settings.textComponents, generator: &generator) else { return nil }
        // Between raw and whitened: the square root of each singular value remains.
        let softened = vectors.scalingColumns(values.map { 1 / sqrtf($0) })
        let projected = rows.product(softened)
        let share = 1 / Float(max(1, sheets.count))
        let mean = projected.weightedRowSum([Float](repeating: share, count: sheets.count))
        var centred = projected
        centred.addToRows(mean, scale: -1)
        let variance = centred.values.reduce(0) { $0 + $1 * $1 } * share / Float(max(1, mean.count))
        let scale = variance > 1e-12 ? 1 / sqrtf(variance) : 1
        self.init(
            vocabulary: vocabulary, projection: softened.scalingColumns([Float](repeating: scale, count: mean.count)),
            mean: mean.map { $0 * scale })
    }

    /// How many features a sheet has.
    var count: Int { projection.columns }

    /// One row of features per sheet, and whether each sheet has any known term.
    func features(of sheets: [SheetDescriptor]) -> (rows: Matrix, known: [Bool]) {
        let rows = SparseRows(columns: vocabulary.terms.count, rows: sheets.map(vocabulary.row))
        var features = rows.product(projection)
        features.addToRows(mean, scale: -1)
        return (features, rows.rows.map { !$0.columns.isEmpty })
    }
}
