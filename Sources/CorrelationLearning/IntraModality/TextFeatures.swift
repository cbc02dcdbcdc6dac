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

    /// Sheets that components are learned from at most, evenly spread.
    private static let mostSheets = 50_000

    /// Learns from all sheets, read once, and answers their features too; `nil` when a count is not finite. Throws when a sheet cannot be
    /// read.
    ///
    /// The vocabulary is of all sheets, the components of at most 50,000.
    static func learning(
        _ source: some DescriptorSource, settings: TrainingSettings, generator: inout SeededGenerator
    ) throws -> (features: TextFeatures, rows: Matrix, known: [Bool])? {
        let terms = try SheetTerms(source)
        let vocabulary = Vocabulary(learning: terms, size: settings.vocabularySize, fieldWeights: settings.fieldWeights)
        let rows = terms.rows(vocabulary)
        guard let features = TextFeatures(learning: rows.spread(mostSheets), vocabulary, settings, &generator) else { return nil }
        let (all, known) = features.features(of: rows)
        return (features, all, known)
    }

    private init?(learning rows: SparseRows, _ vocabulary: Vocabulary, _ settings: TrainingSettings, _ generator: inout SeededGenerator) {
        guard let (vectors, values) = rows.leadingComponents(settings.textComponents, generator: &generator) else { return nil }
        // Between raw and whitened: the square root of each singular value remains.
        let softened = vectors.scalingColumns(values.map { 1 / sqrtf($0) })
        var centred = rows.product(softened)
        let share = 1 / Float(max(1, rows.count))
        let mean = centred.weightedRowSum([Float](repeating: share, count: rows.count))
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
        var rows = SparseRows(columns: vocabulary.terms.count)
        for sheet in sheets { rows.append(vocabulary.row(of: sheet)) }
        return features(of: rows)
    }

    /// The same of every sheet of a source, which is read once; throws when one cannot be read.
    func features(of source: some DescriptorSource) throws -> (rows: Matrix, known: [Bool]) {
        var rows = SparseRows(columns: vocabulary.terms.count)
        try source.forEachSheet { rows.append(vocabulary.row(of: $0)) }
        return features(of: rows)
    }

    /// The same of all fragments with any term, sheet by sheet.
    func fragmentFeatures(of source: some DescriptorSource) throws -> RaggedRows {
        var rows: [Float] = [], offsets = [0]
        try source.forEachSheet { sheet in
            let fragments = sheet.fragments
            rows += features(of: fragments).rows.values
            offsets.append(offsets[offsets.count - 1] + fragments.count)
        }
        return RaggedRows(values: Matrix(rows: offsets[offsets.count - 1], columns: count, values: rows), offsets: offsets)
    }

    private func features(of rows: SparseRows) -> (rows: Matrix, known: [Bool]) {
        var features = rows.product(projection)
        features.addToRows(mean, scale: -1)
        return (features, (0..<rows.count).map(rows.hasEntries))
    }
}

extension SheetDescriptor {
    /// Each fragment with any term as a sheet of its own.
    fileprivate var fragments: [SheetDescriptor] {
        fine.filter { !$0.indices.isEmpty }.map { part in
            SheetDescriptor(terms: part.indices.map { terms[Int($0)] }, coarse: part.counts, fine: [])
        }
    }
}
