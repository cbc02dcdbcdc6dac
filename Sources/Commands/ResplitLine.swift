import Evaluating

/// One method over random splits as one line of JSON, flat, for scripts.
struct ResplitLine: Encodable {
    let method: String
    let resplits: Int
    /// Of mean MAP, without labels of the mean of the recalls.
    let mean: Double?, std: Double?
    let values: [Double], settings: [String]
    let edges: [String: Int]
    let seconds: Double
    let error: String?

    init(_ row: ResplitRow) {
        (method, resplits, values, settings, edges) = (row.name, row.values.count, row.values, row.settings, row.edges)
        (seconds, error) = (row.seconds, row.error)
        (mean, std) = (row.error == nil ? row.mean : nil, row.deviation)
    }
}

/// The default beside the best rival on the same splits, as one line of JSON.
struct ResplitGainLine: Encodable {
    let method: String, rival: String
    let resplits: Int, wins: Int
    let gain: Double, standardError: Double, plainStandardError: Double

    init(_ gain: ResplitGain) {
        (method, rival, resplits, wins) = (gain.name, gain.rival, gain.splits, gain.wins)
        (self.gain, standardError, plainStandardError) = (gain.mean, gain.correctedError, gain.plainError)
    }
}
