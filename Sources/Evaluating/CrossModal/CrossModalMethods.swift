/// Every method of a comparison, in the order of the table.
public enum CrossModalMethods {
    /// Simple ones first, then the rivals by age, CCL as published, the product's default last.
    public static var all: [any CrossModalMethod.Type] {
        [
            RandomCodes.self, CanonicalCorrelationBaseline.self, CrossModalFactorAnalysis.self, KernelCanonicalCorrelation.self,
            SemanticMatching.self, LabelRidge.self, ChiSquaredRidge.self, BimodalAutoencoder.self, MultimodalBeliefNet.self,
            DeepCanonicalCorrelation.self, CorrespondenceAutoencoderBaseline.self, JointRepresentationLearning.self,
            LocalGroupFeatureLearning.self, CrossMediaDeepNet.self, DeepSemanticMatching.self, FaithfulCorrelationLearning.self, ShogoMethod.self,
        ]
    }

    /// The method of a name as tables have it, in any case; `nil` for none.
    public static func named(_ name: String) -> (any CrossModalMethod.Type)? {
        all.first { $0.name.lowercased() == name.lowercased() }
    }
}
