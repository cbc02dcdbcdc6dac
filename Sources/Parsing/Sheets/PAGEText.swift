/// The words of a PAGE text region: its own transcription, else those of its lines, else of their words.
enum PAGEText {
    static func text(of region: XMLElement) -> String {
        if let own = transcription(of: region) { return own }
        return region.elements.filter { $0.name == "TextLine" }.map { line in
            transcription(of: line)
                ?? line.elements.filter { $0.name == "Word" }.compactMap(transcription).joined(separator: " ")
        }.joined(separator: "\n")
    }

    private static func transcription(of element: XMLElement) -> String? {
        let own = element.elements.first { $0.name == "TextEquiv" }?.elements.first { $0.name == "Unicode" }?.text()
        return own.flatMap { $0.isBlank ? nil : $0 }
    }
}
