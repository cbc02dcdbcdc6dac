public import Documents
public import LinearAlgebra

/// What a training learns from: every image and sheet of the archive, and the pairs known among them.
///
/// Unpaired images and sheets teach the vocabulary and the principal components, without supervision.
public struct TrainingSet: Sendable {
    /// `n x D`: one coarse descriptor per image, as describing made it.
    public var imageDescriptors: Matrix
    public var sheets: [SheetDescriptor]
    public var pairs: [TrainingPair]
    /// A coarse label per sheet, where one is known; as many as `sheets`.
    public var categories: [String?]
    /// Descriptors of the regions of each image, `D` numbers each; an image may have none. `nil`: wholes only. The fragments of
    /// sheets are in `sheets`.
    public var regions: RaggedRows?
    /// What the record calls each sheet and each image, such as a digest; empty: it says their rows.
    public var sheetNames: [String] = [], imageNames: [String] = []

    /// `categories` may be left empty when no sheet has one.
    public init(
        imageDescriptors: Matrix, sheets: [SheetDescriptor], pairs: [TrainingPair], categories: [String?] = [], regions: RaggedRows? = nil
    ) {
        let categories = categories.isEmpty ? [String?](repeating: nil, count: sheets.count) : categories
        precondition(categories.count == sheets.count, "every sheet has a category or nil")
        precondition(
            pairs.allSatisfy { sheets.indices.contains($0.sheet) && (0..<imageDescriptors.rows).contains($0.image) },
            "a pair names a sheet or an image outside the set")
        self.imageDescriptors = imageDescriptors
        self.sheets = sheets
        self.pairs = pairs
        precondition(
            regions.map { $0.count == imageDescriptors.rows && $0.values.columns == imageDescriptors.columns } ?? true,
            "regions are grouped by image and as wide as images")
        self.categories = categories
        self.regions = regions
    }
}
