/// The code of an S1000D data module.
enum DMCode {
    /// The code as file names write it, `DMC-S1000DBIKE-AAA-D00-00-00-00AA-131A-A`; `nil` when a part is missing.
    static func string(_ element: XMLElement) -> String? {
        var missing = false
        func part(_ name: String) -> String {
            guard let value = element[name] else {
                missing = true
                return ""
            }
            return value
        }
        var code = [
            "DMC", part("modelIdentCode"), part("systemDiffCode"), part("systemCode"), part("subSystemCode") + part("subSubSystemCode"),
            part("assyCode"), part("disassyCode") + part("disassyCodeVariant"), part("infoCode") + part("infoCodeVariant"),
            part("itemLocationCode"),
        ]
        if let learn = element["learnCode"], let event = element["learnEventCode"] { code.append(learn + event) }
        return missing ? nil : code.joined(separator: "-")
    }
}
