import Documents

/// Reads a text file as the sheet it is: XML, Markdown or plain text.
struct SheetParser {
    let limits: ParsingLimits
    /// The encoding that somebody named for the folder.
    var encoding: String?

    func parse(_ bytes: [UInt8], fileExtension: String) throws(ParsingFailure) -> Sheet {
        guard bytes.count <= limits.maxTextBytes else {
            throw ParsingFailure(.tooLarge, "\(bytes.count) bytes of text are more than parse.maxTextBytes, \(limits.maxTextBytes)")
        }
        let source = try decode(bytes)
        var sheet = try read(source, fileExtension: fileExtension)
        sheet.encodingConfidence = source.confidence
        return sheet
    }

    private func read(_ source: DecodedText, fileExtension: String) throws(ParsingFailure) -> Sheet {
        guard source.text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw ParsingFailure(.noText, "the file holds nothing but white space")
        }
        if let other = TextKind.unsupported(source.text, fileExtension: fileExtension) {
            throw ParsingFailure(.unsupportedFormat, "the file is \(other)")
        }
        let markdown = fileExtension == "md" || fileExtension == "markdown"
        switch TextKind.markup(of: source.text) {
        case .none: break
        case .xml: return try xml(source)
        case .html:
            // HTML that is also XML has places; tag soup has none.
            do throws(ParsingFailure) { return try xml(source) } catch {
                guard error.reason == .notWellFormed else { throw error }
                throw ParsingFailure(.unsupportedFormat, "the file is HTML that is not XML (\(error.message))")
            }
        case .perhaps:
            // An angle bracket may also begin a plain text.
            guard fileExtension == "txt" || fileExtension == "text" || markdown else { return try xml(source) }
            if let sheet = try? xml(source) { return sheet }
        }
        return markdown ? try MarkdownReader.read(source) : try PlainTextReader.read(source)
    }

    /// A byte order mark decides, then an XML declaration that is true, then the encoding named for the folder, then the bytes.
    private func decode(_ bytes: [UInt8]) throws(ParsingFailure) -> DecodedText {
        guard let name = XMLEncoding.declared(in: bytes) else { return try TextDecoder.decode(bytes, encoding: encoding) }
        do throws(ParsingFailure) {
            return try XMLEncoding.decode(bytes, declared: name)
        } catch {
            guard encoding != nil else { throw error }
            return try TextDecoder.decode(bytes, encoding: encoding)
        }
    }

    private func xml(_ source: DecodedText) throws(ParsingFailure) -> Sheet {
        let tree = try XMLReader(limits: limits).read(source.text)
        return try XMLSheetReader.read(tree, encoding: source.encoding)
    }
}
