import Foundation

/// What a learn step said, to be said again by a night that has nothing new to learn from.
struct LearnOutcome: Codable {
    var remarks: [String]
    /// Why nothing was learned.
    var failure: String?

    init(remarks: [String]) { self.remarks = remarks }

    /// `nil` for a text of another version.
    init?(text: String) {
        guard let outcome = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else { return nil }
        self = outcome
    }

    var text: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }
}
