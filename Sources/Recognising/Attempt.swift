#if OCR
    /// What one reading of a page gave.
    struct Attempt {
        /// All lines, also those that are not sure.
        let lines: [Engine.Line]
        /// Quarter turns clockwise before the reading.
        let turn: Int
        /// Read with the data for lines from top to bottom.
        var isReadDown = false

        var sureLines: [Engine.Line] { lines.filter { $0.confidence >= TextRecogniser.leastConfidence } }

        /// How much was read how surely. Squared, so that a few sure lines outweigh many that were guessed.
        var weight: Float { sureLines.reduce(0) { $0 + $1.confidence * $1.confidence * Float($1.legible) } }

        /// Lines that run down but are read best as lines across: the page was turned, or is none with text.
        var isAskew: Bool { isMostlyVertical && !isReadDown }

        var isMostlyVertical: Bool { lines.count(where: \.isVertical) * 2 > lines.count }

        /// Whether nothing better is to be expected: text upside down or without contrast is read with little confidence, if at all.
        var isEnough: Bool {
            let legible = lines.reduce(0) { $0 + $1.legible }
            let confidence = lines.reduce(Float(0)) { $0 + $1.confidence * Float($1.legible) } / Float(max(1, legible))
            return confidence >= 0.6 && sureLines.reduce(0) { $0 + $1.legible } >= 24
        }
    }
#endif
