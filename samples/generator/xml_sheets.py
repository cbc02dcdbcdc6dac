"""Writes the texts of `sheets_dita` and `sheets_s1000d` as XML."""
from urllib.parse import quote
from xml.sax.saxutils import escape

from .sheets_dita import TASKS
from .sheets_s1000d import PROCEDURES


def dita(key, item, references):
    """A DITA 1.3 task; `references` are relative paths of the images to show."""
    t, japanese = TASKS[key], item["language"] == "ja"
    language = "ja-JP" if japanese else "en-US"
    out = ['<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE task PUBLIC "-//OASIS//DTD DITA Task//EN" "task.dtd">',
           f'<task id="{t["id"]}" xml:lang="{language}">', f"  <title>{escape(t['title'])}</title>",
           f"  <shortdesc>{escape(t['shortdesc'])}</shortdesc>", "  <taskbody>", "    <prereq>", f"      <p>{escape(t['prereq'])}</p>",
           f'      <note type="warning">{escape(t["warning"])}</note>', "    </prereq>", "    <steps>"]
    for n, step in enumerate(t["steps"]):
        command, info, note = (*step, None, None)[:3]
        out += ["      <step>", f"        <cmd>{escape(command)}</cmd>"]
        if note:  # the content model allows a note within info only
            out.append(f'        <info><note type="warning">{escape(note)}</note></info>')
        if info:
            out.append(f"        <info>{escape(info)}</info>")
        if n == 2 and references:
            # Japanese writers paste paths as they are; the English editor escapes them.
            href = references[0] if japanese else quote(references[0])
            caption = f"{item['ja']} {item['tag']}" if japanese else f"{item['en']} {item['tag']}"
            out.append(f'        <info><fig><title>{caption}</title><image href="{href}" placement="break"/></fig></info>')
        out.append("      </step>")
    out += ["    </steps>", f"    <result><p>{escape(t['result'])}</p></result>"]
    if len(references) > 1:
        href = references[1] if japanese else quote(references[1])
        label = "参考図" if japanese else "For reference"
        out.append(f'    <postreq><fig><title>{label}</title><image href="{href}"/></fig></postreq>')
    return "\n".join(out + ["  </taskbody>", "</task>", ""])


def s1000d(key, item, graphic, with_entity):
    """An S1000D 4.1 procedural data module; `graphic` is the path of its ICN picture relative to the module."""
    p, language = PROCEDURES[key], item["language"]
    system, sub, subsub, assembly, info = p["code"]
    icn = graphic.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    kind = graphic.rsplit(".", 1)[-1].lower()
    issue = item["sheet"].rsplit("_", 2)[1].split("-")
    subset = ""
    if with_entity:
        subset = f' [\n  <!NOTATION {kind} SYSTEM "{kind}">\n  <!ENTITY {icn} SYSTEM "{graphic}" NDATA {kind}>\n]'
        subset = f"<!DOCTYPE dmodule{subset}>\n"

    def group(name, container, rows):
        body = "".join(
            f"<{name}Descr><name>{escape(n)}</name><identNumber><manufacturerCode>S9010</manufacturerCode><partAndSerialNumber>"
            f"<partNumber>{escape(number)}</partNumber></partAndSerialNumber></identNumber><reqQuantity>1</reqQuantity></{name}Descr>"
            for n, number in rows)
        return f"        <{container}><{name}DescrGroup>{body}</{name}DescrGroup></{container}>\n"
    steps = ""
    for n, text in enumerate(p["steps"]):
        figure = ""
        if n == 1:
            figure = f'\n          <figure id="fig-0001"><title>{escape(p["tech"])}</title><graphic infoEntityIdent="{icn}"/></figure>'
        steps += f'        <proceduralStep id="stp-{n + 1:04d}">\n          <para>{escape(text)}</para>{figure}\n        </proceduralStep>\n'
    country = "JP" if language == "ja" else "US"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
{subset}<dmodule xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://www.s1000d.org/S1000D_4-1/xml_schema_flat/proced.xsd">
  <identAndStatusSection>
    <dmAddress>
      <dmIdent>
        <dmCode modelIdentCode="SHOGO" systemDiffCode="A" systemCode="{system}" subSystemCode="{sub}" subSubSystemCode="{subsub}" assyCode="{assembly}" disassyCode="00" disassyCodeVariant="A" infoCode="{info}" infoCodeVariant="A" itemLocationCode="A"/>
        <language languageIsoCode="{language}" countryIsoCode="{country}"/>
        <issueInfo issueNumber="{issue[0]}" inWork="{issue[1]}"/>
      </dmIdent>
      <dmAddressItems>
        <issueDate year="2024" month="04" day="{10 + len(p['steps'])}"/>
        <dmTitle><techName>{escape(p['tech'])}</techName><infoName>{escape(p['info'])}</infoName></dmTitle>
      </dmAddressItems>
    </dmAddress>
    <dmStatus issueType="new">
      <security securityClassification="01"/>
      <responsiblePartnerCompany enterpriseCode="S9010"><enterpriseName>Shogo Sample Works</enterpriseName></responsiblePartnerCompany>
      <originator enterpriseCode="S9010"><enterpriseName>Shogo Sample Works</enterpriseName></originator>
      <applic><displayText><simplePara>{item['tag']}</simplePara></displayText></applic>
      <brexDmRef><dmRef><dmRefIdent><dmCode modelIdentCode="S1000D" systemDiffCode="F" systemCode="04" subSystemCode="1" subSubSystemCode="0" assyCode="0301" disassyCode="00" disassyCodeVariant="A" infoCode="022" infoCodeVariant="A" itemLocationCode="D"/></dmRefIdent></dmRef></brexDmRef>
      <qualityAssurance><firstVerification verificationType="tabtop"/></qualityAssurance>
    </dmStatus>
  </identAndStatusSection>
  <content>
    <procedure>
      <preliminaryRqmts>
        <reqCondGroup><noConds/></reqCondGroup>
{group('supportEquip', 'reqSupportEquips', p['tools'])}{group('supply', 'reqSupplies', p['supplies'])}        <reqSpares><noSpares/></reqSpares>
        <reqSafety><safetyRqmts><warning><warningAndCautionPara>{escape(p['warning'])}</warningAndCautionPara></warning></safetyRqmts></reqSafety>
      </preliminaryRqmts>
      <mainProcedure>
{steps}      </mainProcedure>
      <closeRqmts><reqCondGroup><noConds/></reqCondGroup></closeRqmts>
    </procedure>
  </content>
</dmodule>
"""
