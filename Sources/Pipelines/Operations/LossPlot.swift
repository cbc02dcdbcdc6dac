import CorrelationLearning

/// The course of a training as an SVG picture: loss and validation figure by epoch, stage after stage.
struct LossPlot {
    private static let (width, height) = (760.0, 420.0)
    private static let (left, right, top, bottom) = (70.0, 690.0, 50.0, 350.0)

    let record: TrainingRecord

    /// The picture; one with a note when no epoch ran.
    var svg: String {
        let epochs = record.epochs.filter { $0.loss.isFinite }
        var parts = [
            #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(Int(Self.width))" height="\#(Int(Self.height))" font-family="sans-serif" font-size="12">"#,
            #"<rect width="100%" height="100%" fill="white"/>"#,
            Self.text(Self.left, 24, "Training on \(record.pairs) pairs, checked on \(record.validationPairs)", size: 15),
        ]
        guard epochs.count > 1 else {
            return (parts + [Self.text(Self.left, 200, "No epoch of gradient steps ran: the closed form stands."), "</svg>"]).joined(separator: "\n") + "\n"
        }
        let figures = epochs.map { ($0.recallAt5 + $0.meanReciprocalRank) / 2 }
        let highest = max(0.01, figures.max() ?? 0)
        func x(_ index: Int) -> Double { Self.left + (Self.right - Self.left) * Double(index) / Double(epochs.count - 1) }
        func y(_ share: Double) -> Double { Self.bottom - (Self.bottom - Self.top) * share }

        parts.append(Self.line(Self.left, Self.bottom, Self.right, Self.bottom, "black"))
        for share in [0, 0.5, 1] {
            parts.append(Self.line(Self.left, y(share), Self.right, y(share), "#dddddd"))
            parts.append(Self.text(Self.right + 6, y(share) + 4, Self.number(share * highest), fill: "#0b62a4"))
        }
        parts.append(Self.text(Self.right - 130, Self.top - 8, "validation figure", fill: "#0b62a4"))
        parts.append(Self.text(Self.left, Self.top - 8, "loss, each stage at its own scale", fill: "#b03a2e"))
        parts.append(Self.polyline(figures.indices.map { (x($0), y(figures[$0] / highest)) }, "#0b62a4"))
        for stage in [TrainingStage.stage1, .stage2, .fine] {
            let places = epochs.indices.filter { epochs[$0].stage == stage }
            guard let first = places.first, let last = places.last else { continue }
            let losses = places.map { epochs[$0].loss }
            let (low, high) = (losses.min() ?? 0, losses.max() ?? 1)
            parts.append(Self.polyline(zip(places, losses).map { (x($0), y(high > low ? ($1 - low) / (high - low) : 0.5)) }, "#b03a2e"))
            parts.append(Self.line(x(first), Self.top, x(first), Self.bottom, "#999999"))
            parts.append(Self.text(x(first) + 4, Self.bottom + 18, "\(stage.rawValue): \(last - first + 1) epochs"))
            parts.append(Self.text(x(first) + 4, Self.bottom + 34, "loss \(Self.number(losses[0])) to \(Self.number(losses[losses.count - 1]))", fill: "#b03a2e"))
            let chosen = chosenEpochs(stage)
            parts.append(Self.text(x(first) + 4, Self.bottom + 50, "kept: \(chosen == 0 ? "none" : "epoch \(chosen)")"))
            if chosen > 0, let place = places.first(where: { epochs[$0].epoch == chosen }) {
                parts.append(##"<circle cx="\##(Self.number(x(place)))" cy="\##(Self.number(y(figures[place] / highest)))" r="5" fill="#0b62a4"/>"##)
            }
        }
        return (parts + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private func chosenEpochs(_ stage: TrainingStage) -> Int {
        switch stage {
        case .stage1: record.chosenStage1Epochs
        case .stage2: record.chosenStage2Epochs
        default: record.chosenFineEpochs ?? 0
        }
    }

    private static func text(_ x: Double, _ y: Double, _ text: String, size: Int = 12, fill: String = "black") -> String {
        #"<text x="\#(number(x))" y="\#(number(y))" font-size="\#(size)" fill="\#(fill)">\#(text)</text>"#
    }

    private static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: String) -> String {
        #"<line x1="\#(number(x1))" y1="\#(number(y1))" x2="\#(number(x2))" y2="\#(number(y2))" stroke="\#(colour)"/>"#
    }

    private static func polyline(_ points: [(Double, Double)], _ colour: String) -> String {
        let list = points.map { "\(number($0.0)),\(number($0.1))" }.joined(separator: " ")
        return #"<polyline points="\#(list)" fill="none" stroke="\#(colour)" stroke-width="2"/>"#
    }

    /// Three places at most.
    private static func number(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}
