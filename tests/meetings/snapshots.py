"""Hand-made snapshots for the tests of the paper: invented councils, one in each style.

They hold every part a protocol can have (lists, a table, reports, several decision points,
actions, the next meeting, attachments), and names that fonts and line breaks trip over.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime

from meetings import pdf, snapshot

ARMS = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 74 98" width="74" height="98">
<path fill="#d6ab49" stroke="#17201f" d="M6 2h8v6h8V2h8v6h14V2h8v6h8V2h8l-5 19H11z"/>
<path fill="#0e4f57" stroke="#17201f" d="M1 25h72v38c0 18-20 26-36 34C21 89 1 81 1 63z"/>
<path fill="#fff" d="M23 31h28v11h-8v14h-12V42h-8z"/>
<path fill="none" stroke="#fff" stroke-width="5" d="M2 66q9-9 18 0t17 0 17 0 18 0"/></svg>"""

FROZEN = datetime(2026, 3, 9, 9, 31, tzinfo=UTC)
SEALED = datetime(2026, 3, 13, 8, 12, tzinfo=UTC)

LONG_NAME = "Łukasz Østergård-Ćosić"


def present(name: str, organisation: str, note: str = "", title: str = "") -> snapshot.Present:
    return {"name": name, "title": title, "organisation": organisation, "note": note}


def action(label: str, text: str, assignee: str, due: str, in_text: bool) -> snapshot.ActionLine:
    return {"label": label, "text": text, "assignee": assignee, "due": due, "in_text": in_text}


def report(label: str, text: str, reporter: str = "") -> snapshot.ReportLine:
    return {"label": label, "reporter": reporter, "text": text}


def item(key: int, heading: str, text: str = "", **more: object) -> snapshot.ItemLine:
    line: dict[str, object] = {
        "key": key, "number": None, "label": "", "kind": "information", "heading": heading,
        "registry_number": "", "presenters": "", "text": text, "reports": [],
        "next_meeting": "", "topics": [], "decisions": [], "actions": [], "dispatch": "",
    }  # fmt: skip
    line.update(more)
    if line["number"] and not line["label"]:
        line["label"] = f"§\xa0{line['number']}"
    return line  # type: ignore[return-value]


def paragraphs() -> snapshot.Snapshot:
    """Style A, as in mockups/paper/style-a: eight §§, chair and adjuster."""
    return {
        "format": snapshot.FORMAT,
        "cover": {
            "municipality": "Älvhamra kommun", "council": "Älvhamra lokala brottsförebyggande råd",
            "short_name": "Lokala BRÅ", "document": "Protokoll", "style": "paragraphs",
            "date": "2026-03-05", "starts_at": "13:00", "ends_at": "15:40",
            "place": "Vågsalen, kommunhuset", "scope": "§§\xa01–8",
            "registry_number": "KS 2026/114", "chair": "Karin Hedlund",
            "secretary": "Petra Lindh Åström", "arms_sha256": snapshot.sha256_of(ARMS),
        },
        "members": [
            present("Karin Hedlund", "Kommunstyrelsen", "ordförande"),
            present("Anders Wickbom", "Kommunstyrelsen"),
            present("Petra Lindh Åström", "Kommunledningskontoret", "sekreterare"),
            present("Nermina Hadžić", "Utbildningsnämnden", "t.o.m. §\xa05"),
            present("Lars-Göran Öberg", "Utbildningsförvaltningen"),
            present("Mona Fransson", "Socialnämnden"),
            present("Tobias Ekwall", "Socialförvaltningen"),
            present("Elin Sjödelius", "Kultur- och fritidsförvaltningen"),
            present("Johan Åkerbring", "Samhällsbyggnadsnämnden"),
            present("Ida Mårtensson", "Samhällsbyggnadsförvaltningen", "ersätter Per Dahlin"),
            present("Mikael Sandgren", "Serviceförvaltningen", "justerare"),
            present(LONG_NAME, "Älvbygdens gymnasieförbund", "på distans"),
            present("Fredrik Holmsten", "Polismyndigheten", "", "kommunpolis"),
            present("Amira Saleh", "Polismyndigheten", "fr.o.m. §\xa04"),
            present("Henrik Malmros", "Mellanbygdens räddningstjänst"),
            present("Gunilla Ekdahl", "Älvhamrabostäder AB"),
        ],
        "others": [
            present("Jonatan Ryd", "Länsstyrelsen", "§\xa04, på distans"),
            present("Yasmin Rahimi", "Kommunledningskontoret", "", "praktikant"),
        ],
        "apologies": [
            present("Per Dahlin", "Samhällsbyggnadsförvaltningen"),
            present("Birgitta Ölund", "Älvhamra Citysamverkan"),
        ],
        "signers": [
            {"role": "chair", "role_label": "Ordförande", "name": "Karin Hedlund", "person": 1},
            {"role": "adjuster", "role_label": "Justerare", "name": "Mikael Sandgren",
             "person": 11},
        ],
        "items": deepcopy(PARAGRAPH_ITEMS),
        "attachments": [
            attachment(1, "Uppföljning av medborgarlöften, hösten 2025", "§\xa05", pages=6),
            attachment(2, "Process för trygghetsvandringar", "§\xa06", pages=4),
        ],
    }  # fmt: skip


def attachment(
    number: int, title: str, item_label: str, *, pages: int | None = None
) -> snapshot.AttachmentLine:
    return {
        "number": number, "title": title, "item_label": item_label, "sha256": "0" * 64,
        "filename": f"bilaga-{number}.pdf", "pages": pages, "size": 240_000,
    }  # fmt: skip


TEN = (
    "Gemensam lägesbild för kommun, polis och räddningstjänst.",
    "Barn och unga som riskerar att dras in i kriminella nätverk.",
    "Mäns våld mot kvinnor, hedersrelaterat våld och förtryck.",
    "Brottsförebyggande arbete på landsbygden och i små orter.",
    "Bedrägerier som riktas mot äldre.",
    "Trygghet i skolan och på vägen dit.",
    "Välfärdsbrott och otillåten påverkan.",
    "Narkotika i offentliga miljöer.",
    "Samverkan med näringsliv, fastighetsägare och civilsamhälle.",
    "Arbete mot våldsbejakande extremism.",
)
OFFENCES = (
    "<table><caption>Anmälda brott i medborgarlöftenas områden, juli–december</caption>"
    "<thead><tr><th>Område</th><th>2024</th><th>2025</th><th>Förändring</th></tr></thead><tbody>"
    "<tr><td>Centrum, med resecentrum</td><td>412</td><td>371</td><td>−10 %</td></tr>"
    "<tr><td>Norrby</td><td>156</td><td>173</td><td>+11 %</td></tr>"
    "<tr><td>Kvarnängen</td><td>98</td><td>84</td><td>−14 %</td></tr>"
    "<tr><td><strong>Hela kommunen</strong></td><td><strong>1 684</strong></td>"
    "<td><strong>1 612</strong></td><td><strong>−4 %</strong></td></tr></tbody></table>"
)
WALKS = (  # as the editor writes a table: no head, the first row of th, paragraphs in cells
    "<table><tbody><tr><th><p>Datum</p></th><th><p>Område</p></th>"
    "<th><p>Sammankallande</p></th><th><p>Fokus</p></th></tr>"
    "<tr><td><p>2026-04-14</p></td><td><p>Resecentrum</p></td><td><p>Serviceförvaltningen</p></td>"
    "<td><p>belysning, siktlinjer</p></td></tr>"
    "<tr><td><p>2026-04-28</p></td><td><p>Norrby</p></td><td><p>Älvhamrabostäder AB</p></td>"
    "<td><p>garage, gårdar</p></td></tr></tbody></table>"
)
PARAGRAPH_ITEMS: list[snapshot.ItemLine] = [
    item(
        1, "Inledning",
        "<p>Ordförande Karin Hedlund hälsar alla välkomna till dagens sammanträde. Ida "
        "Mårtensson ersätter Per Dahlin, som har anmält förhinder.</p>",
        number=1, kind="opening",
    ),
    item(2, "Val av justerare", number=2, kind="adjuster",
         decisions=["Mikael Sandgren utses att justera dagens protokoll."]),
    item(3, "Fastställande av dagordningen",
         "<p>Räddningstjänsten anmäler en fråga om hot mot personal. Den tas upp under § 8.</p>",
         number=3, kind="agenda", decisions=["Dagordningen fastställs."]),
    item(
        4, "Länsstyrelsens stöd till det lokala brottsförebyggande arbetet",
        "<p>Enligt förordningen (2016:1258) om regional samordning inom det brottsförebyggande "
        "området ska Länsstyrelsen stödja kommunerna, samordna arbetet i länet och bidra till "
        "att kunskapen ökar. Sedan lagen (2023:196) om kommuners ansvar för brottsförebyggande "
        "arbete trädde i kraft har stödet framför allt gällt lägesbilder, åtgärdsplaner och de "
        "lokala råden.</p><p>Under våren besöker Jonatan Ryd alla kommuner i länet. I "
        "genomgången av förra årets lägesbilder har Länsstyrelsen och kommunerna tillsammans "
        "pekat ut tio områden där behovet av stöd är störst:</p><ol>"
        + "".join(f"<li><p>{point}</p></li>" for point in TEN)
        + "</ol><p>På fråga från Anders Wickbom svarar Jonatan Ryd att kommuner med färre än "
        "15 000 invånare kan söka gemensamt stöd för kartläggning och analys. Nästa "
        "ansökningsomgång öppnar den 1 april.</p>",
        number=4, presenters="Jonatan Ryd, regional brå-samordnare, Länsstyrelsen, informerar.",
        decisions=["Informationen läggs till handlingarna."],
    ),
    item(
        5, "Uppföljning av arbetet med medborgarlöften 2025–2026",
        "<p>Kommunen och polisen gav i januari 2025 två medborgarlöften, som gäller till och "
        "med december 2026:</p><ul><li><p>Ökad närvaro och trygghetsskapande insatser i tre "
        "områden.</p></li><li><p>Förstärkt arbete mot narkotika i miljöer där unga vistas.</p>"
        "</li></ul><p>Antalet anmälda brott har minskat i två av de tre områdena. I Norrby har "
        "anmälningarna ökat, framför allt gäller det skadegörelse vid garagen längs Västra "
        "Norrbyvägen. Rådet ser ett värde i att kunna redovisa resecentrum skilt från övriga "
        "Centrum för att få en mer rättvisande bild, eftersom en stor del av anmälningarna "
        f"gäller platsen runt stationen.</p>{OFFENCES}<p>Löftet om narkotika följs upp med "
        "enkäter i årskurs 9 och i gymnasiet. Resultaten redovisas vid rådets möte i juni. Hela "
        "uppföljningen finns i bilaga 1.</p>",
        number=5, kind="follow_up",
        presenters="Fredrik Holmsten, kommunpolis, och Petra Lindh Åström, strateg, informerar.",
        decisions=["Informationen läggs till handlingarna och uppföljningen bifogas protokollet."],
        actions=[action("Uppdrag", "Fredrik Holmsten undersöker till nästa möte om resecentrum "
                        "kan särredovisas.", "Fredrik Holmsten", "nästa möte", False)],
    ),
    item(
        6, "Kommungemensam process för trygghetsvandringar",
        "<p>Ansvariga verksamheter är kommunledningskontoret, samhällsbyggnadsförvaltningen, "
        "serviceförvaltningen och lokalpolisområde Älvbygden. Vandringarna är en "
        "medborgardialog med fokus på platsen och på vad som kan göra den mer attraktiv och "
        "trygg. Iakttagelserna skrivs in i ett gemensamt underlag redan under vandringen, och "
        f"den som äger platsen svarar skriftligt inom fyra veckor.</p>{WALKS}<p>Mona Fransson "
        "frågar hur rådet når dem som sällan deltar i dialoger. Petra Lindh Åström svarar att "
        "inbjudan översätts till fyra språk och att bostadsbolagets trapphusvärdar bjuder in "
        "personligen.</p>",
        number=6, kind="decision", registry_number="KS 2026/87",
        presenters="Petra Lindh Åström, säkerhetsstrateg, informerar.",
        decisions=["Rådet ställer sig bakom den kommungemensamma processen för "
                   "trygghetsvandringar, bilaga 2.",
                   "Fyra trygghetsvandringar genomförs under 2026 enligt tidplanen.",
                   "Processen utvärderas vid rådets sista möte för året."],
        actions=[action("Uppdrag", "Bjuda in till årets fyra trygghetsvandringar.",
                        "Petra Lindh Åström", "2026-03-31", True)],
        dispatch="Samhällsbyggnadsförvaltningen, serviceförvaltningen, utbildningsförvaltningen, "
        "Älvhamrabostäder AB och lokalpolisområde Älvbygden.",
    ),
    item(
        7, "Vad är på gång",
        "<p>Kommunen deltar från april i länets program för våldsförebyggande arbete. Programmet "
        "ska bygga upp ett lokalt och hållbart arbete mot våld, ge kunskapsstöd och stärka det "
        "långsiktiga arbetet mot mäns våld mot kvinnor.</p><ul><li><p><strong>Nätverksdag för "
        "lokala råd, 19 mars, Gävle.</strong> Ställs in. Arrangören ser över om dagen kan "
        "webbsändas i stället.</p></li><li><p><strong>Trygga platser, 23 april, Västerås."
        "</strong> Konferens om platssamverkan och belysning. Anmälan senast den 31 mars.</p>"
        "</li></ul><p>Gunilla Ekdahl ställer sig positiv till att bostadsbolaget medverkar på "
        "konferensen i Västerås tillsammans med samhällsbyggnadsförvaltningen.</p>",
        number=7, kind="coming_events",
    ),
    item(
        8, "Aktuellt från respektive verksamheter", number=8, kind="round_table",
        reports=[
            report("Polisen", "<p>Bilar trotsar förbudet och kör in på Hamngatan om kvällarna. "
                   "Polisen önskar att förbudet ändras till att gälla fredagar och lördagar kl. "
                   "17.00–04.00 för att undvika olyckor mellan gående och bilister. Pollarna är "
                   "trasiga och behöver ersättas.</p><p>Bostadsinbrotten har ökat i "
                   "villaområdena öster om ån, ofta mitt på dagen. Även hot och våld i krogmiljö "
                   "ökar; där samverkar polisen med kommunens alkoholhandläggare.</p>",
                   "Fredrik Holmsten"),
            report("Gymnasieförbundet", "<p>Förbundet har gjort två egna trygghetsmätningar bland "
                   "elever och medarbetare, i mars och november 2025. Resultatet står sig väl i "
                   "nationell jämförelse: trivseln är hög och eleverna känner sig trygga.</p>"),
            report("Kultur- och fritidsförvaltningen", "<p>Samarbetet med idrottsrörelsen om "
                   "trygga föreningar når ut till många och fortsätter under året.</p>"),
            report("Socialförvaltningen", "<p>Inget särskilt att rapportera.</p>"),
            report("Räddningstjänsten", "<p>Utbildningen av skolpersonal i hur man tänker och "
                   "agerar vid pågående dödligt våld fortsätter. En utmaning är att kommunens "
                   "§ 3-områden för ordningsvakter inte gäller inomhusmiljöer.</p>"),
        ],
        actions=[
            action("Förslag", "Karin Hedlund föreslår att en skrivelse görs till "
                   "samhällsbyggnadsnämnden om åtgärder på Hamngatan.", "", "", False),
            action("Uppdrag", "Ida Mårtensson får i uppdrag att ta fram ett förslag till "
                   "skrivelsen.", "Ida Mårtensson", "2026-04-30", False),
            action("Uppdrag", "Säkerhetsstrategen och räddningstjänsten får i uppdrag att lämna "
                   "underlag om ordningsvakter i inomhusmiljöer.",
                   "Petra Lindh Åström och Henrik Malmros", "nästa möte", False),
        ],
    ),
    item(9, "Nästa möte", kind="next_meeting",
         next_meeting="Torsdagen den 4 juni kl. 13.00–15.30 i Vågsalen, kommunhuset."),
]  # fmt: skip


def headings() -> snapshot.Snapshot:
    """Style B, as in mockups/paper/style-b: bare headings, chair and secretary."""
    return {
        "format": snapshot.FORMAT,
        "cover": {
            "municipality": "Ljungsäters kommun", "council": "Brottsförebyggande rådet",
            "short_name": "BRÅ", "document": "Minnesanteckningar", "style": "headings",
            "date": "2026-08-21", "starts_at": "", "ends_at": "", "place": "", "scope": "",
            "registry_number": "KS 2026/287", "chair": "Rolf Ahlgren",
            "secretary": "Niklas Törngren", "arms_sha256": "",
        },
        "members": [
            present("Rolf Ahlgren", "Kommunstyrelsen", "ordförande"),
            present("Eva-Lotta Brandelius", "Kommunstyrelsen"),
            present("Jesper Kvist", "Polismyndigheten"),
            present("Malin Tornborg", "Arbete och välfärd"),
            present("Hanna Frimodig", "Kultur- och fritidsförvaltningen"),
            present("Ulf Gerdmar", "Västra Ljungs räddningstjänst"),
            present("Pontus Karlén", "Västra Ljungs räddningstjänst", "t.o.m. Ljungdagarna"),
            present("Agneta Skoog", "Kommunledningsförvaltningen"),
            present("Niklas Törngren", "Kommunledningsförvaltningen", "sekreterare"),
        ],
        "others": [], "apologies": [],
        "signers": [
            {"role": "chair", "role_label": "Ordförande", "name": "Rolf Ahlgren", "person": 1},
            {"role": "secretary", "role_label": "Sekreterare", "name": "Niklas Törngren",
             "person": 9},
        ],
        "items": deepcopy(HEADING_ITEMS),
        "attachments": [],
    }  # fmt: skip


HEADING_ITEMS: list[snapshot.ItemLine] = [
    item(21, "Statistik, m.m.",
         "<p>Jesper Kvist redovisar statistik för årets första sju månader. Västermalm ligger "
         "högst när det gäller anmälningar, följt av centrum. BRÅ ser ett värde i att kunna "
         "mäta Västermalm och högskoleområdet var för sig för att få en bättre bild.</p>"
         "<p>Jesper Kvist ställer sig positiv till att polisen medverkar när kommunen besöker "
         "företag. Han redovisar också hur arbetet i utsatta områden delas in i faser.</p>",
         actions=[action("Uppdrag", "Jesper Kvist undersöker till nästa möte om områdena kan "
                         "redovisas var för sig.", "Jesper Kvist", "nästa möte", False)]),
    item(22, "Sommaren 2026",
         "<p>Under större delen av sommaren var läget lugnt. Vecka 29 blev det ansträngt på "
         "Västermalm efter flera bränder i containrar och soprum. Polisen kallade in "
         "förstärkning, och medarbetare i kommunen bröt sina semestrar.</p>"),
    item(23, "Samordning av brottsförebyggande frågor på länsstyrelsen",
         "<p>Länsstyrelsen samordnar länets brottsförebyggande arbete. Samordnaren Ylva "
         "Strandell vill besöka rådet och bjuds in till nästa möte.</p>"),
    item(24, "Våldsbejakande extremism",
         decisions=["Informationen läggs till handlingarna."]),
    item(25, "Nästa möte", kind="next_meeting",
         next_meeting="Onsdagen den 14 oktober kl. 13.30–15.00 i Ljungsalen, kommunhuset.",
         topics=["Länsstyrelsens samordning (Ylva Strandell inbjuden)",
                 "Fortsatt information om faser i utsatta områden (Jesper Kvist)",
                 "Organiserad brottslighet"],
         actions=[action("Uppdrag", "Sekreteraren får i uppdrag att föreslå BRÅ:s mötestider "
                         "2026/27.", "sekreteraren", "", False)]),
]  # fmt: skip


def standing(state: str, of: snapshot.Snapshot) -> pdf.Standing:
    """How the minutes stand in that state; approved by every signer in order."""
    if state == "draft":
        return pdf.Standing(state="draft", saved_at=FROZEN)
    approvals = tuple(
        pdf.ApprovalLine(
            name=signer["name"], role_label=signer["role_label"],
            method="Digitalt godkännande med lösenord", at=SEALED,
        )
        for signer in of["signers"]
    )  # fmt: skip
    approved = state == "approved"
    return pdf.Standing(
        state="approved" if approved else "signing",
        text_id=snapshot.sha256_of(snapshot.canonical(of)),
        frozen_at=FROZEN, frozen_by=of["cover"]["secretary"],
        sealed_at=SEALED if approved else None, approvals=approvals if approved else (),
        trail="nr 1\N{NO-BREAK SPACE}482, c41d 09aa 7be2" if approved else "",
    )  # fmt: skip


def line(label: str, heading: str, kind: str = "", **more: object) -> snapshot.AgendaLine:
    values: dict[str, object] = {
        "label": label, "heading": heading, "presenters": "", "kind_label": kind, "time": "",
        "proposed_decision": "", "papers": [],
    }  # fmt: skip
    values.update(more)
    return values  # type: ignore[return-value]


def agenda() -> snapshot.Agenda:
    """The call to the next meeting of the council in style A."""
    cover = paragraphs()["cover"]
    cover["document"], cover["registry_number"] = "Kallelse", "KS 2026/231"
    cover["date"], cover["ends_at"], cover["scope"] = "2026-06-04", "15:30", ""
    return {
        "cover": cover,
        "items": [
            line("1", "Inledning", presenters="Karin Hedlund, ordförande", time="13:00"),
            line("2", "Val av justerare", "Beslut", time="13:05"),
            line("3", "Uppföljning av uppdrag", "Information", time="13:10",
                 presenters="Petra Lindh Åström, sekreterare",
                 papers=[{"title": "uppdragslista 2026-05-21", "later": False}]),
            line("4", "Skrivelse om trafiken på Hamngatan", "Beslut", time="13:50",
                 presenters="Ida Mårtensson, samhällsbyggnadsförvaltningen",
                 proposed_decision="Rådet ställer sig bakom skrivelsen.",
                 papers=[{"title": "förslag till skrivelse", "later": False},
                         {"title": "karta", "later": True}]),
            line("", "Paus", "15 min", time="14:10"),
            line("5", "Aktuellt från respektive verksamheter", "Laget runt", time="14:45"),
        ],
        "reply_by": "2026-05-28",
        "contact": "Petra Lindh Åström, sekreterare, petra.lindh.astrom@alvhamra.example",
        "sent_on": "2026-05-26",
    }  # fmt: skip
