import Glibc
import LinearAlgebra

/// Principal components of image descriptors: signed square root, length one, centred, standardised, projected.
struct ImageFeatures: Sendable {
    /// `D` values: the mean, and one over the deviation, of each prepared number.
    let mean: [Float]
    let scale: [Float]
    /// `D x k`: principal components, softly whitened.
    let projection: Matrix

    init(mean: [Float], scale: [Float], projection: Matrix) {
        self.mean = mean
        self.scale = scale
        self.projection = projection
    }

    /// Images that are learned from at most, evenly spread: some dozen for each number of a descriptor.
    private static let mostImages = 50_000

    /// Learns from all images, of more than 50,000 from so many: `n D^2` and a decomposition of `D x D`, or of `n x n` where these are
    /// fewer. Reads them once, in blocks; `nil` when a number is not finite. Throws when an image cannot be read.
    init?(learning source: some DescriptorSource, components: Int) throws {
        let (n, dimension) = (min(source.imageCount, Self.mostImages), source.imageDimension)
        if n < dimension {
            try self.init(few: source.images(0..<n), components: components)
            return
        }
        // Moments about the first block's mean: about zero they would cancel where a mean is large.
        var origin: [Float] = [], sum = [Double](repeating: 0, count: dimension)
        var moments = Matrix(rows: dimension, columns: dimension)
        try source.forEachImageBlock(most: Self.mostImages) { block in
            var rows = Self.prepared(block)
            if origin.isEmpty { origin = rows.weightedRowSum([Float](repeating: 1 / Float(block.rows), count: block.rows)) }
            rows.addToRows(origin, scale: -1)
            for (column, value) in rows.columnSums.enumerated() { sum[column] += Double(value) }
            moments.setProduct(rows, .transposed, rows, alpha: 1 / Float(n), beta: 1)
        }
        let offset = sum.map { Float($0 / Double(n)) }
        for row in 0..<dimension {
            for column in 0..<dimension { moments[row, column] -= offset[row] * offset[column] }
        }
        let scale = Self.scale((0..<dimension).map { max(0, moments[$0, $0]) })
        guard let eigen = SymmetricEigen(moments.scalingRows(scale).scalingColumns(scale)) else { return nil }
        let kept = Self.kept(eigen, components)
        self.init(mean: zip(origin, offset).map { $0 + $1 }, scale: scale, projection: eigen.leading(kept.count).transposed.scalingColumns(Self.factors(kept)))
    }

    /// The same of fewer images than numbers of one.
    private init?(few descriptors: Matrix, components: Int) {
        let n = descriptors.rows, share = 1 / Float(max(1, n))
        var centred = Self.prepared(descriptors)
        let mean = centred.weightedRowSum([Float](repeating: share, count: n))
        centred.addToRows(mean, scale: -1)
        var squares = centred
        for index in squares.values.indices { squares.values[index] *= squares.values[index] }
        let scale = Self.scale(squares.weightedRowSum([Float](repeating: share, count: n)))
        centred = centred.scalingColumns(scale)
        var gram = Matrix.product(centred, .asIs, centred, .transposed)
        for index in gram.values.indices { gram.values[index] *= share }
        guard descriptors.isFinite, let eigen = SymmetricEigen(gram) else { return nil }
        let kept = Self.kept(eigen, components)
        let axes = Matrix.product(centred, .transposed, eigen.leading(kept.count), .transposed)
        self.init(
            mean: mean, scale: scale, projection: axes.scalingColumns(zip(kept, Self.factors(kept)).map { $1 / sqrtf($0 * Float(n)) }))
    }

    /// One over the deviation; a floor keeps nearly constant numbers from shouting.
    private static func scale(_ variances: [Float]) -> [Float] {
        let typical = variances.reduce(0, +) / Float(max(1, variances.count))
        return variances.map { typical > 1e-20 ? 1 / sqrtf($0 + 0.1 * typical) : 0 }
    }

    /// The variances of the components that are kept.
    private static func kept(_ eigen: SymmetricEigen, _ components: Int) -> [Float] {
        let largest = eigen.values.first ?? 0
        return Array(eigen.values.prefix(components).prefix { $0 > 1e-5 * largest && $0 > 1e-12 })
    }

    /// What the components are multiplied by: the fourth root of each variance remains, of mean variance one over all components.
    private static func factors(_ variances: [Float]) -> [Float] {
        let roots = variances.map { sqrtf($0) }
        let level = roots.isEmpty ? 1 : sqrtf(roots.reduce(0, +) / Float(roots.count))
        return roots.map { 1 / (sqrtf($0) * level) }
    }

    /// How many features an image has.
    var count: Int { projection.columns }

    /// One row of features per descriptor row (`m x D`).
    func features(of descriptors: Matrix) -> Matrix {
        var rows = Self.prepared(descriptors)
        rows.addToRows(mean, scale: -1)
        return Matrix.product(rows.scalingColumns(scale), projection)
    }

    /// The same of every image of a source, which is read once; throws when one cannot be read.
    func features(of source: some DescriptorSource) throws -> Matrix {
        var values: [Float] = []
        values.reserveCapacity(source.imageCount * count)
        try source.forEachImageBlock { values += features(of: $0).values }
        return Matrix(rows: source.imageCount, columns: count, values: values)
    }

    /// The same of all regions, image by image.
    func regionFeatures(of source: some DescriptorSource) throws -> RaggedRows {
        var values: [Float] = [], offsets = [0]
        try source.forEachRegionBlock { regions in
            let before = offsets[offsets.count - 1]
            values += features(of: regions.values).values
            offsets += regions.offsets.dropFirst().map { before + $0 }
        }
        return RaggedRows(values: Matrix(rows: offsets[offsets.count - 1], columns: count, values: values), offsets: offsets)
    }

    private static func prepared(_ descriptors: Matrix) -> Matrix {
        var rows = descriptors
        rows.values.withUnsafeMutableBufferPointer { values in
            for index in values.indices { values[index] = values[index] < 0 ? -sqrtf(-values[index]) : sqrtf(values[index]) }
        }
        return rows.normalizingRows
    }
}

extension SymmetricEigen {
    /// The first vectors, a row each.
    fileprivate func leading(_ count: Int) -> Matrix { vectors.gathering(Array(0..<count)) }
}
