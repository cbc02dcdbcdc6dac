public import CorrelationLearning

/// Variants of CCL and of the product's default that show what each of their parts is worth.
public enum CrossModalStudy {
    /// Names and methods with fixed settings: CCL with one constraint, one grain or one loss less; the default without parts and,
    /// where there are labels, without the partner's teaching, without weighing labels, along the balance, and with few labels.
    /// What needs parts or labels is left out where there are none.
    public static func variants(for set: PairedFeatures) -> [(name: String, method: any CrossModalMethod)] {
        let hasParts = set.imageParts != nil || set.textParts != nil, hasLabels = set.labels != nil
        var variants: [(name: String, method: any CrossModalMethod)] = [("CCL", FaithfulCorrelationLearning())]
        for ablation in FaithfulSettings.Ablation.allCases where ablation.changes(hasParts: hasParts, hasLabels: hasLabels) {
            var method = FaithfulCorrelationLearning()
            method.schedule = method.schedule.with(ablation)
            variants.append(("CCL \(ablation.rawValue)", method))
        }
        func shogo(_ name: String, _ change: (inout ShogoMethod) -> Void = { _ in }) {
            var method = ShogoMethod()
            if hasLabels { method.training.balance = .fixed(1) }
            change(&method)
            variants.append(("shogo \(name)", method))
        }
        shogo("as it is")
        if hasParts { shogo("coarse only") { $0.usesParts = false } }
        guard hasLabels else {
            shogo("closed form only") {
                ($0.training.stage1Epochs, $0.training.stage2Epochs, $0.training.fineEpochs) = (0, 0, 0)
            }
            return variants
        }
        shogo("without inter") { $0.training.category.teaching = 0 }
        shogo("labels believed") { $0.training.category.weighsLabels = false }
        for balance in [0, 0.25, 0.5, 0.75, 0.9] as [Float] { shogo("balance \(balance)") { $0.training.balance = .fixed(balance) } }
        shogo("balance adaptive") { $0.training.balance = .adaptive }
        for count in [10, 50, 200] {
            shogo("\(count) labels") { $0.labelled = count }
            shogo("\(count) labels alone") {
                $0.labelled = count
                ($0.training.category.unlabelledWeight, $0.training.category.teaching) = (0, 0)
            }
        }
        return variants
    }
}

extension FaithfulSettings.Ablation {
    /// Whether leaving that out changes anything for such a set.
    fileprivate func changes(hasParts: Bool, hasLabels: Bool) -> Bool {
        switch self {
        case .withoutInter, .contrastOnly, .categoryOnly: hasLabels
        case .withoutIntra: true
        case .coarseOnly, .fineOnly: hasParts
        }
    }
}
