import CorrelationLearning
public import Evaluating
import LinearAlgebra
public import SystemPackage

/// `shogo bench crossmodal`: every method on the same arrays, by one protocol.
public struct CrossModalBenchmark {
    /// The arrays, as NumPy files; row `i` of every one is the same pair.
    public struct Files {
        public var images: FilePath, texts: FilePath
        public var labels: FilePath?
        /// Parts of all images one after another, and how many each image has; the same for texts.
        public var imageParts: (values: FilePath, counts: FilePath)?, textParts: (values: FilePath, counts: FilePath)?

        public init(
            images: FilePath, texts: FilePath, labels: FilePath?, imageParts: (values: FilePath, counts: FilePath)? = nil,
            textParts: (values: FilePath, counts: FilePath)? = nil
        ) {
            self.images = images
            self.texts = texts
            self.labels = labels
            self.imageParts = imageParts
            self.textParts = textParts
        }
    }

    public let comparison: Comparison
    /// Random splits of the same rows; `nil` when there are to be none.
    public let resplits: Resplits?
    public let methods: [any CrossModalMethod.Type]
    /// CCL with these settings in its row, nothing chosen; `nil`: on its `fast` profile, chosen as every method is.
    var published: FaithfulCorrelationLearning?

    /// Reads the arrays; the first `trainRows` rows teach, the others test. Throws `ShogoError` for what does not fit.
    ///
    /// `seeds` are 1 up to that number, `resplits` how many random splits there are beside. `methods` are names, of any case; `nil` is
    /// every method.
    public init(_ files: Files, trainRows: Int, seeds: Int, resplits: Int = 0, methods: [String]?, shuffledShare: Double = 0) throws {
        let images = try Self.read(files.images).matrix(), texts = try Self.read(files.texts).matrix()
        guard images.rows == texts.rows else {
            throw ShogoError(.usage, "\(files.images) has \(images.rows) rows and \(files.texts) has \(texts.rows): row i of both must be one pair")
        }
        guard images.columns > 0, texts.columns > 0 else { throw ShogoError(.usage, "the arrays have no columns") }
        guard (4..<images.rows).contains(trainRows) else {
            throw ShogoError(.usage, "--train-rows must be from 4 to \(max(4, images.rows - 1)): the rows after it are the test")
        }
        var labels: [Int]?, classes = 0
        if let path = files.labels {
            let values = try Self.read(path).integers()
            guard values.count == images.rows else {
                throw ShogoError(.usage, "\(path) has \(values.count) labels for \(images.rows) pairs")
            }
            let numbers = Dictionary(zip(Set(values).sorted(), 0...), uniquingKeysWith: { first, _ in first })
            (labels, classes) = (values.compactMap { numbers[$0] }, numbers.count)
        }
        let all = PairedFeatures(
            images: images, texts: texts, labels: labels, classCount: classes,
            imageParts: try files.imageParts.map { try Self.parts($0, like: images) },
            textParts: try files.textParts.map { try Self.parts($0, like: texts) })
        try self.init(all, trainRows: trainRows, seeds: seeds, resplits: resplits, methods: methods, shuffledShare: shuffledShare)
    }

    init(_ all: PairedFeatures, trainRows: Int, seeds: Int, resplits: Int = 0, methods: [String]?, others: [any CrossModalMethod.Type] = [], shuffledShare: Double) throws {
        // Without labels, methods that need some are left out unless they are asked for: they would only say so.
        self.methods = try Self.methods(methods, others: others).filter { methods != nil || all.labels != nil || !$0.needsLabels }
        var comparison = Comparison(
            training: all.gathering(Array(0..<trainRows)), test: all.gathering(Array(trainRows..<all.count)),
            seeds: (1...seeds).map(UInt64.init))
        comparison.shuffledShare = shuffledShare
        self.comparison = comparison
        var splits = Resplits(of: all, trainingCount: trainRows, count: resplits)
        (splits.validationShare, splits.shuffledShare) = (comparison.validationShare, shuffledShare)
        self.resplits = resplits > 0 ? splits : nil
    }

    /// The rows of the table, each given to `report` as soon as it is known.
    public func rows(report: (ComparisonRow) -> Void) -> [ComparisonRow] {
        methods.flatMap { method in
            guard let published, method == FaithfulCorrelationLearning.self else { return comparison.rows([method], report: report) }
            return comparison.rows(fixed: [(method.name, published)], report: report)
        }
    }

    /// The rows of the table over random splits, each given to `report` as soon as it is known; none without `resplits`.
    public func resplitRows(report: (ResplitRow) -> Void) -> [ResplitRow] {
        resplits?.rows(methods, report: report) ?? []
    }

    /// How much better the default is than the best rival on the same splits; `nil` without both.
    public func resplitGain(_ rows: [ResplitRow]) -> ResplitGain? { resplits?.gain(of: ShogoMethod.name, in: rows) }

    private var balances: [Balance] = []

    /// Adds rows for the default with these balances, `adaptive` or numbers from 0 to 1. Throws `ShogoError` for what is neither.
    public mutating func add(balances labels: [String]) throws {
        balances += try labels.map { label in
            guard let balance = Balance(label: label) else { throw ShogoError(.usage, "a balance is adaptive or a number from 0 to 1, not '\(label)'") }
            return balance
        }
    }

    /// The default with its prior settings and the balances added, each under a name of its own.
    public func balanceRows(report: (ComparisonRow) -> Void) -> [ComparisonRow] {
        comparison.rows(fixed: balances.map { ("\(ShogoMethod.name) balance \($0.label)", ShogoMethod(balance: $0)) }, report: report)
    }

    /// Variants of CCL and of the default with fixed settings: what each of their parts is worth.
    public func studyRows(report: (ComparisonRow) -> Void) -> [ComparisonRow] {
        comparison.rows(fixed: CrossModalStudy.variants(for: comparison.training), report: report)
    }

    /// What the figures mean and how they were made, line by line.
    public var protocolLines: [String] {
        let (training, test) = (comparison.training, comparison.test)
        var lines = [
            "\(training.count) pairs teach, \(test.count) test; \(training.images.columns) numbers per image, \(training.texts.columns) per text"
                + (training.labels == nil ? ", no labels" : ", \(training.classCount) classes")
                + (training.imageParts == nil && training.textParts == nil ? "" : ", with parts"),
            "settings: the best on a seeded \(Int(comparison.validationShare * 100)) % of the training rows by "
                + (training.labels == nil ? "the mean of R@1, R@5 and R@10 both ways" : "mean MAP over all results")
                + ", first of equals; then learned from all training rows",
            "seeds: 1 to \(comparison.seeds.count) for methods that draw random numbers (mean and standard deviation), one fit for the others",
        ]
        let careful = methods.filter { $0.choiceRule == .prior }.map { $0.name }
        if training.labels != nil, !careful.isEmpty {
            lines.append(
                "settings of \(careful.joined(separator: ", ")): a prior, unless the best on that part gains more than two standard errors on the other training rows, held back in turn")
        }
        if training.labels == nil {
            lines.append("without labels the own partner is the only truth" + (methods.contains { $0.needsLabels } ? "" : "; methods that need labels are left out"))
        } else {
            lines.append("MAP: every test row of the other modality is ranked, the own partner included; a hit has the same class; MAP@50 divides by the hits among the 50")
        }
        lines.append("ranks: by score, equal scores in the order of the rows; R@k and median rank: the own partner, equal scores counting as better")
        lines.append("seconds: choice of the settings / median of the final fits, one core, \(BLAS.core) kernels")
        if let resplits {
            lines.append(
                "re-splits: \(resplits.count) random ones of all \(resplits.set.count) pairs, \(resplits.trainingCount) teach in each; chosen and learned anew, one seed each; "
                    + "their deviation is sampling noise, that of seeds is not")
        }
        if let published {
            lines.append("\(FaithfulCorrelationLearning.name): the '\(published.profile.rawValue)' profile as it was released, nothing chosen; codes standardised by the test rows")
        }
        if comparison.shuffledShare > 0 {
            lines.append("wrong pairs: the texts of \(Int(comparison.shuffledShare * 100)) % of the training rows are exchanged among them")
        }
        return lines
    }

    /// `others` are there beside those of every comparison.
    private static func methods(_ names: [String]?, others: [any CrossModalMethod.Type]) throws -> [any CrossModalMethod.Type] {
        let all = CrossModalMethods.all + others
        guard let names else { return all }
        return try names.map { name in
            guard let method = all.first(where: { $0.name.lowercased() == name.lowercased() }) else {
                let known = all.map { $0.name }.joined(separator: ", ")
                throw ShogoError(.usage, "there is no method '\(name)'; there are \(known)")
            }
            return method
        }
    }

    private static func read(_ path: FilePath) throws -> NumPyArray {
        do { return try NumPyArray(path: path) } catch let error as NumPyError { throw ShogoError(.usage, "\(error)") }
    }

    private static func parts(_ files: (values: FilePath, counts: FilePath), like whole: Matrix) throws -> RaggedRows {
        let values = try read(files.values).matrix(), counts = try read(files.counts).integers()
        guard counts.count == whole.rows, counts.allSatisfy({ $0 >= 0 }), counts.reduce(0, +) == values.rows, values.columns == whole.columns else {
            throw ShogoError(
                .usage,
                "\(files.counts) must have \(whole.rows) counts that sum to the \(values.rows) rows of \(files.values), of \(whole.columns) numbers each")
        }
        return RaggedRows(values: values, offsets: counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) })
    }
}
