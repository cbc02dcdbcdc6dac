import CorrelationLearning
import Evaluating
import SystemPackage

/// The Wikipedia features beside the project, where a machine has them: never part of the project.
enum WikipediaFeatures {
    /// `<project>/../shared/data/wikipedia-features`.
    private static let folder = (0..<4).reduce(FilePath(#filePath)) { path, _ in path.removingLastComponent() }
        .removingLastComponent().appending("shared/data/wikipedia-features")

    static let exist = (try? NumPyArray(path: folder.appending("labels.npy"))) != nil

    /// The official split: 2,173 rows teach, 693 test; images are bags of SIFT words.
    static func split(text: String) throws -> (training: PairedFeatures, test: PairedFeatures) {
        func read(_ name: String) throws -> NumPyArray { try NumPyArray(path: folder.appending("\(name).npy")) }
        let all = PairedFeatures(
            images: try read("image_sift128").matrix(), texts: try read(text).matrix(), labels: try read("labels").integers().map { $0 - 1 })
        return (all.gathering(Array(0..<2173)), all.gathering(Array(2173..<all.count)))
    }
}
