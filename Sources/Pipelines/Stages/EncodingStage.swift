import Documents
import Parsing
import Queueing

/// Decides the encodings of texts that do not say theirs, together with their folders: after each parse, because any file may tell of others.
///
/// Runs in the supervisor, on what parsing recorded; done twice, it changes nothing.
struct EncodingStage {
    let archive: OpenWorkspace

    /// Answers how many texts are to be parsed anew, in another encoding than before.
    func run() throws -> Int {
        let texts = try archive.catalog.undeclaredTexts()
        var census = EncodingCensus()
        for text in texts {
            let path = text.location.path.bytes
            let folder = path.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] }
            census.add(text.evidence, folder: "\(text.location.root)".utf8 + (folder.map { [UInt8(ascii: "/")] + $0 } ?? []))
        }
        let decisions = zip(texts, census.decisions()).map {
            Catalog.EncodingDecision(digest: $0.digest, hint: $1.hint, confidence: $1.confidence)
        }
        return try archive.catalog.setEncodings(decisions)
    }
}
