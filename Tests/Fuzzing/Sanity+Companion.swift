import Documents

extension Sanity {
    static func problem(of companion: Companion) -> String? {
        if companion.encoding.isEmpty { return "no encoding" }
        if companion.title?.isEmpty ?? false { return "an empty title" }
        for page in companion.pages {
            if page.page < 1 { return "page \(page.page)" }
            if page.image?.isEmpty ?? false { return "a page of an image without a name" }
            if let problem = page.text.lines.lazy.compactMap(problem(of:)).first { return problem }
        }
        for file in companion.files {
            if file.target.isEmpty { return "a file without a target at \(file.place.display)" }
            if let problem = problem(of: file.place) { return problem }
        }
        return companion.keys.contains { $0.name.isEmpty } ? "a key without a name" : nil
    }

    private static func problem(of line: PageText.Line) -> String? {
        if line.text.isEmpty { return "an empty line of text" }
        if let box = line.box, box.left > box.right || box.top > box.bottom { return "the box \(box)" }
        if let confidence = line.confidence, !(0...1).contains(confidence) { return "the confidence \(confidence)" }
        return nil
    }
}
