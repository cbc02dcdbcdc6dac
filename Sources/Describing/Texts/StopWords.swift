/// English words that stand in every sheet and tell none apart.
enum StopWords {
    static func contains(_ word: String) -> Bool { words.contains(word) }

    private static let words: Set<String> = [
        "a", "all", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "do", "does", "for", "from", "had", "has", "have",
        "if", "in", "into", "is", "it", "its", "may", "must", "of", "on", "or", "shall", "should", "so", "such", "than", "that", "the",
        "their", "then", "there", "these", "they", "this", "those", "to", "was", "were", "when", "which", "will", "with", "you", "your",
    ]
}
