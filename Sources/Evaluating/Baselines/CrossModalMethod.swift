public import CorrelationLearning
public import LinearAlgebra

/// A way to learn a common space from image-text pairs, with its settings as stored properties.
///
/// What comes in: paired features (labels where the method uses them). What goes out: scores of every image against every text
/// of a set. It promises: the same scores for the same set and seed, no look at the set that is scored but row by row.
public protocol CrossModalMethod: Sendable {
    /// The name in tables, such as `CCA`.
    static var name: String { get }
    /// Whether learning needs labels.
    static var needsLabels: Bool { get }
    /// Whether the seed changes the result.
    static var isRandom: Bool { get }
    /// The settings that validation chooses from for such a set; the first wins ties.
    static func candidates(for set: PairedFeatures) -> [Self]
    /// How validation chooses among them; `best` unless a method says otherwise.
    static var choiceRule: ChoiceRule { get }

    /// The settings in a few words, such as `k=5 ridge=1`.
    var settings: String { get }
    /// The numbers among the settings that validation chooses, and what bounds them for such a set.
    func tuned(for set: PairedFeatures) -> [TunedNumber]
    /// Learns from pairs. Throws `CrossModalMethodError` when the numbers do not allow it.
    func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer

    /// Learns with several settings from one set; methods whose settings share costly parts override this.
    static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer]
}

extension CrossModalMethod {
    public static var choiceRule: ChoiceRule { .best }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        try candidates.map { try $0.fit(set, seed: seed) }
    }
}

/// What a method learned: it compares images with texts.
public protocol CrossModalScorer: Sendable {
    /// `n x n`: how well image `i` (row) and text `j` (column) of the set fit together; larger is better.
    func scores(_ set: PairedFeatures) -> Matrix
}

/// A scorer by the cosine of codes in a common space: what most methods are.
public protocol CommonSpace: CrossModalScorer {
    /// One row of `d` numbers for each image and for each text; need not have length one.
    func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix)
}

extension CommonSpace {
    public func scores(_ set: PairedFeatures) -> Matrix {
        let codes = codes(set)
        return Matrix.product(codes.images.normalizingRows, .asIs, codes.texts.normalizingRows, .transposed)
    }
}

/// Why a method could not learn from a set.
public enum CrossModalMethodError: Error, Equatable, Sendable {
    /// A decomposition or a training did not end in finite numbers.
    case notFinite(method: String)
    /// The method needs labels and the set has none.
    case needsLabels(method: String)
}

extension CrossModalMethodError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notFinite(let method): "\(method) did not end in finite numbers on this set; look for infinite, undefined or constant features"
        case .needsLabels(let method): "\(method) learns from labels; give --labels, or leave the method out with --methods"
        }
    }
}
