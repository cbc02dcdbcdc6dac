import CorrelationLearning
import Evaluating
import SystemPackage

/// Features of known archives beside the project, where a machine has them: never part of the project.
enum FeatureArrays {
    /// `<project>/../shared/data`.
    private static let data = (0..<4).reduce(FilePath(#filePath)) { path, _ in path.removingLastComponent() }
        .removingLastComponent().appending("shared/data")
    private static let folder = data.appending("wikipedia-features"), pascalFolder = data.appending("pascal-features")

    static let haveWikipedia = (try? NumPyArray(path: folder.appending("labels.npy"))) != nil
    static let havePascal = (try? NumPyArray(path: pascalFolder.appending("labels.npy"))) != nil

    /// The official split: 2,173 rows teach, 693 test; images are bags of SIFT words.
    static func wikipedia(text: String) throws -> (training: PairedFeatures, test: PairedFeatures) {
        func read(_ name: String) throws -> NumPyArray { try NumPyArray(path: folder.appending("\(name).npy")) }
        let all = PairedFeatures(
            images: try read("image_sift128").matrix(), texts: try read(text).matrix(), labels: try read("labels").integers().map { $0 - 1 })
        return (all.gathering(Array(0..<2173)), all.gathering(Array(2173..<all.count)))
    }

    /// 800 rows teach, 200 test; images are features of a network.
    static func pascal(text: String) throws -> (training: PairedFeatures, test: PairedFeatures) {
        func read(_ name: String) throws -> NumPyArray { try NumPyArray(path: pascalFolder.appending("\(name).npy")) }
        let labels = try read("labels").integers(), numbers = Dictionary(zip(Set(labels).sorted(), 0...), uniquingKeysWith: { first, _ in first })
        let all = PairedFeatures(
            images: try read("image_efficientnet_lite0").matrix(), texts: try read(text).matrix(), labels: labels.compactMap { numbers[$0] })
        return (all.gathering(Array(0..<800)), all.gathering(Array(800..<all.count)))
    }
}
