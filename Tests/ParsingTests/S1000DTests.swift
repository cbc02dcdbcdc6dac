import Documents
import Testing

@Suite("S1000D data modules")
struct S1000DTests {
    private static let module = """
        <?xml version="1.0" encoding="UTF-8"?><!DOCTYPE dmodule [
        <!NOTATION cgm SYSTEM "cgm"><!ENTITY ICN-A-001 SYSTEM "pics/ICN-A-001.CGM" NDATA cgm>]>
        <dmodule><identAndStatusSection><dmAddress><dmIdent>
        <dmCode modelIdentCode="BIKE" systemDiffCode="AAA" systemCode="DA1" subSystemCode="2" subSubSystemCode="0" assyCode="00"
          disassyCode="00" disassyCodeVariant="AA" infoCode="720" infoCodeVariant="A" itemLocationCode="A"/>
        <language languageIsoCode="en" countryIsoCode="US"/></dmIdent><dmAddressItems><dmTitle><techName>Front brake</techName>
        <infoName>Install</infoName></dmTitle></dmAddressItems></dmAddress><dmStatus><para>Legal words</para></dmStatus></identAndStatusSection>
        <content><procedure><mainProcedure>
        <proceduralStep><warning><warningAndCautionPara>Sharp.</warningAndCautionPara></warning><para>Hold the fork.</para>
        <figure><title>Fork</title><graphic infoEntityIdent="ICN-A-001"/><graphic infoEntityIdent="ICN-B-002"/></figure>
        <proceduralStep><para>Turn it.</para></proceduralStep></proceduralStep>
        <partRef partNumberValue="LNS10276051"/></mainProcedure></procedure></content></dmodule>
        """

    @Test("A procedure becomes a title, warnings, steps and captions")
    func fragments() throws {
        let sheet = try sheet(Self.module, name: "DMC.XML")
        #expect(sheet.format == .s1000d)
        #expect(sheet.title == "Front brake - Install")
        #expect(sheet.language == "en-US")
        #expect(sheet.fragments.map { "\($0.kind): \($0.text)" } == [
            "title: Front brake - Install", "step: Hold the fork.", "warning: Sharp.", "caption: Fork", "step: Turn it.",
        ])
    }

    @Test("A graphic resolves through its NDATA entity, else keeps its identifier")
    func figures() throws {
        #expect(try sheet(Self.module).figures.map(\.target) == ["pics/ICN-A-001.CGM", "ICN-B-002"])
    }

    @Test("The data module code is written as file names write it")
    func identifiers() throws {
        #expect(try sheet(Self.module).identifiers == ["DMC-BIKE-AAA-DA1-20-00-00AA-720A-A", "LNS10276051"])
    }

    @Test("Every place is an XPath that finds its element")
    func places() throws {
        for fragment in try sheet(Self.module).fragments {
            let found = text(at: try #require(fragment.place.xpath), in: Self.module)
            #expect(found?.contains(fragment.text.prefix(4)) ?? false, "\(fragment.place.display)")
        }
    }
}
