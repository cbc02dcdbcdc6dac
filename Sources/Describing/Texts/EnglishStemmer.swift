/// A light stemmer for English: plurals, -ing, -ed and a mute e; enough to join "valves", "replacing" and "removed"
/// with "valve", "replace" and "remove". After Porter (Program 14, 1980), step 1, without his later steps.
enum EnglishStemmer {
    /// `word` is case-folded. A word with anything but a to z, or of three letters or less, stays as it is.
    static func stem(_ word: String) -> String {
        var letters = Array(word.utf8)
        guard letters.count > 3, letters.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else { return word }
        stripPlural(&letters)
        stripParticiple(&letters)
        if letters.count > 4, letters.last == UInt8(ascii: "e"), letters[letters.count - 2] != UInt8(ascii: "e") { letters.removeLast() }
        return String(decoding: letters, as: UTF8.self)
    }

    private static func stripPlural(_ letters: inout [UInt8]) {
        if letters.hasSuffix("ies") {
            letters.removeLast(letters.count > 4 ? 3 : 1)
            if letters.last != UInt8(ascii: "e") { letters.append(UInt8(ascii: "y")) }
        } else if ["sses", "shes", "ches", "xes", "zzes"].contains(where: letters.hasSuffix) {
            letters.removeLast(2)
        } else if letters.hasSuffix("s"), !["ss", "us", "is"].contains(where: letters.hasSuffix) {
            letters.removeLast()
        }
    }

    private static func stripParticiple(_ letters: inout [UInt8]) {
        guard let ending = ["ing", "ed"].first(where: letters.hasSuffix), !letters.hasSuffix("eed") else { return }
        let root = letters.dropLast(ending.utf8.count)
        // "ring", "bed" and "spring" are no participles.
        guard root.count > 2, root.contains(where: isVowel) else { return }
        letters = Array(root)
        let last = letters[letters.count - 1]
        // "fitting" -> "fit", but "filling" -> "fill".
        if letters.count > 3, last == letters[letters.count - 2], !isVowel(last), !"lsz".utf8.contains(last) { letters.removeLast() }
    }

    private static func isVowel(_ letter: UInt8) -> Bool { "aeiouy".utf8.contains(letter) }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ suffix: String) -> Bool {
        count >= suffix.utf8.count && suffixBytes(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    private func suffixBytes(_ length: Int) -> ArraySlice<UInt8> { self[(count - length)...] }
}
