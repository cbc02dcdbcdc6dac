package import LinearAlgebra

/// Features of the parts of all images and texts of a problem, in the columns of the wholes.
package struct PartFeatures: Sendable {
    /// The regions of each image.
    package let images: RaggedRows
    /// The fragments of each text.
    package let texts: RaggedRows

    /// An image or text without parts is its own only part.
    package init(images: RaggedRows, texts: RaggedRows, wholeImages: Matrix, wholeTexts: Matrix) {
        self.images = images.filled(from: wholeImages)
        self.texts = texts.filled(from: wholeTexts)
    }
}

extension RaggedRows {
    /// The same groups, where a group without rows has its row of `whole` (one row per group).
    package func filled(from whole: Matrix) -> RaggedRows {
        precondition(whole.rows == count && whole.columns == values.columns, "a whole has a row per group, as wide as the parts")
        guard (0..<count).contains(where: { range($0).isEmpty }) else { return self }
        var rows: [Float] = [], offsets = [0]
        for group in 0..<count {
            let range = range(group)
            if range.isEmpty { rows += whole.row(group) }
            for row in range { rows += values.row(row) }
            offsets.append(offsets[group] + max(1, range.count))
        }
        return RaggedRows(values: Matrix(rows: offsets[count], columns: values.columns, values: rows), offsets: offsets)
    }

    /// The same groups with other rows, one for each of these.
    package func replacing(_ rows: Matrix) -> RaggedRows { RaggedRows(values: rows, offsets: offsets) }
}
