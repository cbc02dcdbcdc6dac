import CorrelationLearning
import Foundation
import Testing

struct RecordTests {
    @Test func `Records written before there were categories are still read`() throws {
        let record = try CorrelationTrainer(SyntheticWorld.quick).train(SyntheticWorld(sheets: 6).set).record
        var fields = try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(record)) as? [String: Any])
        for name in ["afterCategories", "categories", "chosenBalance"] { fields[name] = nil }
        var settings = try #require(fields["settings"] as? [String: Any])
        for name in ["balance", "category", "fineEpochs"] { settings[name] = nil }
        settings["categoryWeight"] = 0.2
        fields["settings"] = settings
        let read = try JSONDecoder().decode(TrainingRecord.self, from: JSONSerialization.data(withJSONObject: fields))
        #expect(read.settings == record.settings && read.epochs == record.epochs && read.afterCategories == nil)
    }

    @Test func `Records that name settings which are no more are still read`() throws {
        let record = try CorrelationTrainer(SyntheticWorld.quick).train(SyntheticWorld(sheets: 6).set).record
        var fields = try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(record)) as? [String: Any])
        var settings = try #require(fields["settings"] as? [String: Any])
        for name in ["invariance", "robustness", "dropout"] {
            #expect(settings[name] == nil)
            settings[name] = 0.3
        }
        fields["settings"] = settings
        #expect(try JSONDecoder().decode(TrainingRecord.self, from: JSONSerialization.data(withJSONObject: fields)) == record)
    }

    @Test(arguments: [Balance.adaptive, .fixed(0.25)])
    func `Settings come back as they were written`(balance: Balance) throws {
        var settings = TrainingSettings()
        (settings.balance, settings.lambda, settings.ridges) = (balance, 0.3, [0.5])
        #expect(try JSONDecoder().decode(TrainingSettings.self, from: JSONEncoder().encode(settings)) == settings)
    }

    @Test func `A balance of another word is refused`() {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Balance].self, from: Data(#"["both"]"#.utf8)) }
    }
}
