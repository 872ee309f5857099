"""The papers that lie beside the minutes, made on the spot: real PDF and text files, but short."""

from __future__ import annotations

import io

import pydyf

BODIES = {
    "lägesbild": (
        "Lägesbilden beskriver brott och otrygghet i kommunen.",
        "1. Så är den gjord",
        "2. Det som anmäls: polisens statistik per område",
        "3. Det som berättas: enkäter och samtal med boende",
        "4. Det som syns: trygghetsvandringar och skadegörelse",
        "5. Analys och frågor att arbeta vidare med",
        "Underlaget innehåller inga uppgifter om enskilda personer.",
    ),
    "åtgärdsplan": (
        "Planen bygger på lägesbilden. Varje åtgärd har en ansvarig verksamhet,",
        "en tidpunkt och ett mått som visar om den har gjort nytta.",
        "Åtgärderna följs upp i rådet två gånger om året.",
    ),
    "överenskommelse": (
        "Parter: kommunen och lokalpolisområdet.",
        "Syfte: färre brott och ökad trygghet för dem som bor och vistas här.",
        "Områden: resecentrum, Ekudden, Norrhamn och digitala brott mot äldre.",
        "Överenskommelsen gäller i fyra år och följs upp varje höst.",
    ),
    "mätning": (
        "1 206 av 2 000 tillfrågade svarade på enkäten.",
        "Sju av tio känner sig trygga utomhus sena kvällar.",
        "Störst skillnad: Ekudden, åtta procentenheter bättre än förra gången.",
    ),
    "insatser": (
        "Fotpatrull: polisen, varje kväll klockan 19-23.",
        "Fältgrupp och trygghetsvärdar: socialtjänsten, kvällar.",
        "Fritidsgården öppen till klockan 22: kultur och fritid.",
        "Rutor och belysning: samhällsbyggnadskontoret, inom två dygn.",
    ),
    "nyår": (
        "Firandet flyttas till kajen. Skeppargatan hålls fri från klockan 20.",
        "Ordningsvakter klockan 21-02. Samlingsplats för räddningstjänsten: norra infarten.",
        "Karta över avspärrningarna lämnas av samhällsbyggnadskontoret.",
    ),
    "plan": (
        "1. Se. Alla som möter unga vet vad som betyder något och vem de ska ringa.",
        "2. Samlas. Inom två dygn träffas de vuxna som känner den unge.",
        "3. Stanna kvar. En namngiven vuxen följer den unge i minst ett år.",
    ),
    "vandring": (
        "Vandringen började klockan 17.30 och tog två timmar.",
        "Mörkt vid gångtunneln, cykelstället och södra trappan.",
        "Buskar skymmer sikten vid lekplatsen.",
        "Boende vill ha en bänk där man kan vänta på bussen utan att stå ensam.",
    ),
    "statistik": (
        "Område;Förra lägesbilden;Nu",
        "Centrum;842;791",
        "Ekudden;417;338",
        "Norrhamn;265;301",
        "Ytterorterna;189;180",
    ),
    "schema": (
        "Jul och nyår",
        "23-26 december: Arbete och välfärd, jour klockan 18-02",
        "27-30 december: räddningstjänsten, bakjour",
        "31 december: båda, samling vid torget klockan 20",
    ),
}


def paper(filename: str, title: str, holds: str) -> bytes:
    """The file: a PDF of one page, or plain text, as its name says."""
    body = BODIES[holds]
    if filename.endswith(".pdf"):
        return page(title, body)
    separate = () if filename.endswith(".csv") else (title, "")
    return ("\n".join([*separate, *body]) + "\n").encode()


def page(title: str, body: tuple[str, ...]) -> bytes:
    """A title and some lines on an A4 page, in Helvetica, which every reader has."""
    pdf = pydyf.PDF()
    words = pydyf.Stream()
    words.begin_text()
    words.set_font_size("F1", 18)
    words.set_text_matrix(1, 0, 0, 1, 72, 760)
    words.show_text_string(title)
    words.set_font_size("F1", 11)
    for number, line in enumerate(body):
        words.set_text_matrix(1, 0, 0, 1, 72, 722 - 22 * number)
        words.show_text_string(line)
    words.end_text()
    pdf.add_object(words)
    font = pydyf.Dictionary(
        {"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica",
         "Encoding": "/WinAnsiEncoding"}
    )  # fmt: skip
    pdf.add_object(font)
    pdf.add_page(
        pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                "MediaBox": pydyf.Array([0, 0, 595, 842]),
                "Contents": words.reference,
                "Resources": pydyf.Dictionary({"Font": pydyf.Dictionary({"F1": font.reference})}),
            }
        )
    )
    file = io.BytesIO()
    pdf.write(file)
    return file.getvalue()
