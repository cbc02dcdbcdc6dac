import CICU

/// ICU's word boundaries (UAX 29) in one text after another; opening is dear, so one breaker serves a whole sheet.
struct WordBreaker: ~Copyable {
    /// A stretch between two boundaries that holds a letter, a digit or an ideograph.
    struct Word: Equatable {
        /// UTF-16 code units of the text.
        let range: Range<Int>
    }

    private let iterator: UnsafeMutableRawPointer

    init() {
        guard let opened = shogo_icu_words_open() else { preconditionFailure("ICU has no word break data: the installation is broken") }
        iterator = opened
    }

    deinit {
        shogo_icu_words_close(iterator)
    }

    /// Words in order; white space and punctuation between them are left out.
    func words(in text: [UInt16]) -> [Word] {
        guard !text.isEmpty else { return [] }
        var words: [Word] = []
        text.withUnsafeBufferPointer { buffer in
            precondition(shogo_icu_words_start(iterator, buffer.baseAddress, Int32(buffer.count)) == 0, "ICU cannot break a text")
            var start = 0
            while true {
                var isWord: CInt = 0
                let end = Int(shogo_icu_words_next(iterator, &isWord))
                guard end > start else { break }
                if isWord != 0 { words.append(Word(range: start..<end)) }
                start = end
            }
        }
        // The iterator must not keep a pointer into an array that is about to go.
        _ = shogo_icu_words_start(iterator, nil, 0)
        return words
    }
}
