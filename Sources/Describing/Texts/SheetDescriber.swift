public import Documents

/// Counts the terms of a sheet: no vocabulary, nothing learned; what the terms are worth is learned later.
///
/// The first character of a term is its field:
///
/// | field | term |
/// |---|---|
/// | `w` | word between the word boundaries of UAX 29: NFKC and case-folded, English lightly stemmed, stop words dropped; a number only with its unit (`w24v`); a run of katakana as a whole |
/// | `b` | two neighbours in a run of Han, Hiragana and Katakana, unless both are Hiragana; a lone ideograph |
/// | `i` | part, drawing or task number: NFKC, upper case, every dash a hyphen, no white space |
/// | `t` | word or bigram of a title, once more in a field of its own |
public struct SheetDescriber: Sendable {
    /// Changes when the same sheet gives other terms or counts.
    ///
    /// The parser had a part in the name once; it stays, so that descriptors of then stay valid.
    public static let fingerprint = "sheet-1.parse-2"

    public init() {}

    /// Terms in the order of their UTF-8 bytes, with counts for the sheet and for each fragment.
    ///
    /// A fragment counts its own text; a fragment of kind `title` also has the field `t`. The sheet counts all fragments, its
    /// title unless a `title` fragment says the same, and each declared identifier once more. Cost: linear in the text.
    public func describe(_ sheet: Sheet) -> SheetDescriptor {
        let declared = Set(sheet.identifiers.map(Identifier.folded).filter { !$0.isEmpty })
        var scanner = TermScanner(declared: declared)
        var counter = TermCounter()
        let fragments = sheet.fragments.map { counter.count(scanner.terms(in: $0.text), isTitle: $0.kind == .title) }
        if !sheet.fragments.contains(where: { $0.kind == .title && $0.text == sheet.title }) {
            _ = counter.count(scanner.terms(in: sheet.title), isTitle: true)
        }
        for identifier in declared { _ = counter.count(["i" + identifier], isTitle: false) }
        return counter.descriptor(fragments)
    }
}
