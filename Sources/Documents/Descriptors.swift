/// What describing makes of one page image: numbers from its pixels alone.
public struct ImageDescriptor: Equatable, Sendable {
    /// The whole page: `dimension` numbers.
    public var coarse: [Float]
    /// The regions, in a stable order.
    public var regions: [Box]
    /// One row of `dimension` numbers per region, row-major, in the same layout as `coarse`.
    public var fine: [Float]

    public init(coarse: [Float], regions: [Box], fine: [Float]) {
        precondition(fine.count == regions.count * coarse.count, "a region has as many numbers as the page")
        self.coarse = coarse
        self.regions = regions
        self.fine = fine
    }
}

/// What describing makes of one sheet: its terms, counted; the vocabulary is learned later, from the whole archive.
public struct SheetDescriptor: Equatable, Sendable {
    /// Terms of the sheet, each once, in byte order. The first character tells the field: see Describing.
    public var terms: [String]
    /// How often each term stands in the whole sheet; as many as `terms`.
    public var coarse: [Float]
    /// Per fragment: indices into `terms`, ascending, and their counts; as many fragments as the sheet has.
    public var fine: [TermCounts]

    public init(terms: [String], coarse: [Float], fine: [TermCounts]) {
        precondition(terms.count == coarse.count, "every term has a count")
        self.terms = terms
        self.coarse = coarse
        self.fine = fine
    }
}

/// A sparse vector over the terms of one sheet.
public struct TermCounts: Equatable, Sendable {
    public var indices: [UInt32]
    public var counts: [Float]

    public init(indices: [UInt32], counts: [Float]) {
        precondition(indices.count == counts.count)
        self.indices = indices
        self.counts = counts
    }
}
