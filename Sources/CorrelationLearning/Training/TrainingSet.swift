public import Documents
public import LinearAlgebra

/// What a training learns from: every image and sheet of the archive, and the pairs known among them.
///
/// Unpaired images and sheets teach the vocabulary and the principal components, without supervision.
public struct TrainingSet: Sendable {
    public var descriptors: any DescriptorSource
    public var pairs: [TrainingPair]
    /// A coarse label per sheet, where one is known; as many as sheets.
    public var categories: [String?]
    /// What the record calls each sheet and each image, such as a digest; empty: it says their rows.
    public var sheetNames: [String] = [], imageNames: [String] = []

    /// `categories` may be left empty when no sheet has one.
    public init(_ descriptors: any DescriptorSource, pairs: [TrainingPair], categories: [String?] = []) {
        let categories = categories.isEmpty ? [String?](repeating: nil, count: descriptors.sheetCount) : categories
        precondition(categories.count == descriptors.sheetCount, "every sheet has a category or nil")
        precondition(
            pairs.allSatisfy { (0..<descriptors.sheetCount).contains($0.sheet) && (0..<descriptors.imageCount).contains($0.image) },
            "a pair names a sheet or an image outside the set")
        self.descriptors = descriptors
        self.pairs = pairs
        self.categories = categories
    }

    /// Of `n x D` descriptors of images, sheets, and regions of each image, all in memory.
    public init(
        imageDescriptors: Matrix, sheets: [SheetDescriptor], pairs: [TrainingPair], categories: [String?] = [], regions: RaggedRows? = nil
    ) {
        precondition(
            regions.map { $0.count == imageDescriptors.rows && $0.values.columns == imageDescriptors.columns } ?? true,
            "regions are grouped by image and as wide as images")
        self.init(DescriptorsInMemory(images: imageDescriptors, sheets: sheets, regions: regions), pairs: pairs, categories: categories)
    }
}
