import Glibc
package import LinearAlgebra

/// Features of both modalities to codes of one space, where a cosine compares them.
///
/// A code is `[sqrt(1 - balance) pair code ; sqrt(balance) category code]`, so a cosine of codes is the balance between how near
/// two documents are as a pair and how likely they have one category; without categories it is the pair code alone.
package struct CommonEncoders: Sendable {
    var image: Encoder
    var text: Encoder
    /// Where labels were known: the categories told from the same features.
    var categories: CategoryRegressions?
    /// 0: find the pair; 1: find the category.
    package var balance: Float = 0
    /// Whether the pair's cosine is sharpened in scores (`BlockScore`); both codes then have one half of a code, and the balance is in
    /// the score alone.
    package var isSharpened = false

    init(image: Encoder, text: Encoder, categories: CategoryRegressions? = nil, balance: Float = 0) {
        self.image = image
        self.text = text
        self.categories = categories
        self.balance = categories == nil ? 0 : balance
    }

    /// How many numbers a code has.
    package var codeDimension: Int {
        image.linear.columns + (categories.map { CategoryCode.dimension(classes: $0.image.bias.count) } ?? 0)
    }

    /// How codes are compared where that is more than a cosine.
    package var blockScore: BlockScore? {
        isSharpened && categories != nil ? BlockScore(firstColumns: image.linear.columns, secondLength: 0.5, share: balance) : nil
    }

    /// How well codes of images (`n`) fit codes of texts (`m`): `n x m`.
    package func scores(images: Matrix, texts: Matrix) -> Matrix {
        blockScore?.scores(images, texts) ?? Matrix.product(images, .asIs, texts, .transposed)
    }

    /// Codes of image features, unit rows.
    package func imageCodes(_ features: Matrix) -> Matrix { codes(image.codes(features), features, isText: false) }

    /// Codes of text features, unit rows; a sheet without a known term gets zeros.
    package func textCodes(_ features: Matrix, known: [Bool]) -> Matrix {
        codes(text.codes(features), features, isText: true).scalingRows(known.map { $0 ? 1 : 0 })
    }

    /// How well images and texts fit by their parts; `known` says which texts say anything.
    package func alignment(_ regions: RaggedRows, _ fragments: RaggedRows, known: [Bool]) -> PartAlignment {
        let isKnown = known.indices.flatMap { [Bool](repeating: known[$0], count: fragments.range($0).count) }
        return PartAlignment(
            regions: regions.replacing(imageCodes(regions.values)), fragments: fragments.replacing(textCodes(fragments.values, known: isKnown)))
    }

    private func codes(_ code: Matrix, _ features: Matrix, isText: Bool) -> Matrix {
        let pair = code.normalizingRows
        guard let categories else { return pair }
        let regression = isText ? categories.text : categories.image
        let category = CategoryCode.codes(regression.posteriors(features), isText: isText)
        var joined = Matrix(rows: pair.rows, columns: pair.columns + category.columns)
        let share = isSharpened ? 0.5 : balance
        let (pairShare, categoryShare) = (sqrtf(1 - share), sqrtf(share))
        for row in 0..<pair.rows {
            for column in 0..<pair.columns { joined[row, column] = pairShare * pair[row, column] }
            for column in 0..<category.columns { joined[row, pair.columns + column] = categoryShare * category[row, column] }
        }
        return joined
    }
}

/// What gradient steps move; the categories are learned otherwise.
extension CommonEncoders: Parameters {
    var matrices: [Matrix] { image.matrices + text.matrices }

    mutating func take(from matrices: inout ArraySlice<Matrix>) {
        image.take(from: &matrices)
        text.take(from: &matrices)
    }
}
