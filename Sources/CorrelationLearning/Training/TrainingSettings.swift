/// Everything that a training depends on besides its data; the defaults suit tens to thousands of pairs.
public struct TrainingSettings: Equatable, Codable, Sendable {
    /// The same seed and data give the same model, byte for byte, on one CPU model.
    public var seed: UInt64 = 1
    /// The share of the pairs that validation holds back at a time, 0 to a quarter; more counts as a quarter.
    public var validationShare: Double = 0.2
    /// How many numbers a code has.
    public var codeDimension: Int = 64
    /// How many principal components of the image descriptors are there to choose from (`ComponentChoice`).
    public var imageComponents: Int = 256
    /// How many latent semantic components of the sheets are there to choose from.
    public var textComponents: Int = 256
    /// How many terms the model knows at most.
    public var vocabularySize: Int = 20_000
    /// Weights of the term fields, by the first character of a term; other fields weigh 1.
    public var fieldWeights: [String: Float] = ["w": 1, "b": 0.7, "i": 1.2, "t": 1.3]
    /// Hidden units of each encoder, beside its linear path.
    public var hiddenUnits: Int = 64
    /// The share of the correlation term in stage 1; the rest is reconstruction (the paper's lambda).
    public var lambda: Float = 0.7
    /// The most epochs that stage 1 may take; validation chooses how many.
    public var stage1Epochs: Int = 40
    /// The most epochs that stage 2 may take; validation chooses how many.
    public var stage2Epochs: Int = 120
    /// The most epochs that regions and fragments may take, where there are any; validation chooses how many.
    public var fineEpochs: Int = 40
    /// Epochs without a better validation figure after which a stage ends.
    public var patience: Int = 20
    /// The step size of AdamW.
    public var learningRate: Float = 0.002
    /// How strongly a step pulls parameters back to where the stage began.
    public var regularisation: Float = 0.01
    /// The temperature of stage 2's pairwise similarity constraint.
    public var temperature: Float = 0.1
    /// The balance of stage 2's two constraints, where categories are known.
    public var balance: Balance = .adaptive
    /// How categories are learned, where any are known.
    package var category = CategoryTrainer.Settings()
    /// How many images a step of Adam sees at most.
    public var batchSize: Int = 256
    /// How many images an epoch sees at most, drawn anew each time: what an epoch costs does not grow with the archive beyond this.
    public var imagesPerEpoch: Int = 20_000
    /// The ridges that validation chooses from for the closed-form start, relative to the mean variance; strongest first.
    public var ridges: [Float] = [30, 10, 3, 1, 0.3, 0.1]

    public init() {}
}

extension TrainingSettings {
    /// Reads settings of any version of the record: what it does not name is as by default, what is no more is passed over.
    public init(from decoder: any Swift.Decoder) throws {
        self.init()
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys, _ field: WritableKeyPath<Self, Value>) throws {
            if let value = try container.decodeIfPresent(Value.self, forKey: key) { self[keyPath: field] = value }
        }
        try read(.seed, \.seed)
        try read(.validationShare, \.validationShare)
        try read(.codeDimension, \.codeDimension)
        try read(.imageComponents, \.imageComponents)
        try read(.textComponents, \.textComponents)
        try read(.vocabularySize, \.vocabularySize)
        try read(.fieldWeights, \.fieldWeights)
        try read(.hiddenUnits, \.hiddenUnits)
        try read(.lambda, \.lambda)
        try read(.stage1Epochs, \.stage1Epochs)
        try read(.stage2Epochs, \.stage2Epochs)
        try read(.fineEpochs, \.fineEpochs)
        try read(.patience, \.patience)
        try read(.learningRate, \.learningRate)
        try read(.regularisation, \.regularisation)
        try read(.temperature, \.temperature)
        try read(.balance, \.balance)
        try read(.category, \.category)
        try read(.batchSize, \.batchSize)
        try read(.imagesPerEpoch, \.imagesPerEpoch)
        try read(.ridges, \.ridges)
    }
}
