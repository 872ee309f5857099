"""Kontrollera protokoll in a browser: the file stays put, and without scripts it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from meetings.verifying import Verdict
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.builders import Cast

SignIn = Callable[..., Watched]
STAYS = "Filen har inte lämnat din dator eller telefon."


@pytest.fixture
def original(cast: Cast, tmp_path: Path) -> Path:
    cache.clear()
    path = tmp_path / "protokoll.pdf"
    path.write_bytes(bytes(builders.sealed(cast).sealed.pdf))
    return path


def choose(page: Page, path: Path) -> None:
    page.get_by_label("Protokollet som PDF-fil").set_input_files(path)


def verdict(page: Page, label: str) -> None:
    heading = page.locator("#verdict")
    expect(heading).to_have_text(label)
    expect(heading).to_be_focused()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_choosing_the_file_is_all_it_takes_and_only_its_hash_is_sent(
    sign_in: SignIn, original: Path, width: int
) -> None:
    watched = sign_in(None, width=width)
    page = watched.go("/kontrollera/")
    watched.look(where="the question")
    sent: list[bytes] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.post_data_buffer or b"")

    page.on("request", note)
    choose(page, original)
    verdict(page, Verdict.ORIGINAL.label)
    watched.look(where="the original")
    expect(page.get_by_text("protokoll.pdf")).to_be_visible()
    expect(page.get_by_text(STAYS)).to_be_visible()
    assert len(sent) == 1
    assert hashlib.sha256(original.read_bytes()).hexdigest().encode() in sent[0]
    assert len(sent[0]) < 1000
    page.get_by_role("link", name="Kontrollera en annan fil").click()
    expect(page.get_by_label("Protokollet som PDF-fil")).to_be_visible()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_another_file_may_be_sent_as_the_second_step(
    sign_in: SignIn, original: Path, width: int
) -> None:
    original.write_bytes(original.read_bytes() + b"\n")
    watched = sign_in(None, width=width)
    page = watched.go("/kontrollera/")
    choose(page, original)
    verdict(page, Verdict.UNKNOWN.label)
    watched.look(where="unknown by its hash")
    page.get_by_role("button", name="Skicka filen").click()
    expect(page.locator("#verdict")).to_have_text(Verdict.GENUINE.label)
    watched.look(where="sent")
    expect(page.get_by_text("Filen skickades hit för kontrollen")).to_be_visible()


def test_a_hash_is_pasted(sign_in: SignIn, original: Path) -> None:
    watched = sign_in(None)
    watched.may_refuse = "/kontrollera/"
    page = watched.go("/kontrollera/")
    page.get_by_text("Har du bara kontrollsumman?").click()
    field = page.get_by_label("Kontrollsumma (SHA-256)")
    field.fill("7f3a 91c4")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Det är ingen kontrollsumma.")).to_be_visible()
    expect(field).to_have_value("7f3a 91c4")
    watched.look(where="no hash")
    field.fill(hashlib.sha256(original.read_bytes()).hexdigest().upper())
    page.keyboard.press("Enter")
    verdict(page, Verdict.ORIGINAL.label)
    expect(page.get_by_text(STAYS)).to_be_hidden()


def test_a_file_is_dropped_on_the_page(sign_in: SignIn, original: Path) -> None:
    page = sign_in(None).go("/kontrollera/")
    drop = """(content) => {
        const files = new DataTransfer();
        files.items.add(new File([Uint8Array.from(content)], "släppt.pdf"));
        for (const type of ["dragover", "drop"]) {
            document.body.dispatchEvent(
                new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
        }
    }"""
    page.evaluate(drop, list(original.read_bytes()))
    verdict(page, Verdict.ORIGINAL.label)
    expect(page.get_by_text("släppt.pdf")).to_be_visible()


def test_too_large_a_file_is_told_before_it_is_sent(sign_in: SignIn, original: Path) -> None:
    with original.open("ab") as file:
        file.truncate(51 * 1024 * 1024)
    page = sign_in(None).go("/kontrollera/")
    choose(page, original)
    verdict(page, Verdict.UNKNOWN.label)
    page.get_by_role("button", name="Skicka filen").click()
    expect(page.get_by_text("Filen är för stor för att skickas hit.")).to_be_visible()
    expect(page.locator("#verdict")).to_have_text(Verdict.UNKNOWN.label)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_without_scripts_the_file_is_sent_and_answered(
    browser: Browser, live_server: LiveServer, original: Path, width: int
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/kontrollera/")
    expect(page.get_by_text("Filen skickas hit, kontrolleras och sparas inte.")).to_be_visible()
    expect(page.get_by_text("Bara dess kontrollsumma skickas.")).to_be_hidden()
    choose(page, original)
    page.get_by_role("button", name="Kontrollera filen").click()
    expect(page.locator("#verdict")).to_have_text(Verdict.ORIGINAL.label)
    page.get_by_role("link", name="Kontrollera en annan fil").click()
    page.get_by_text("Har du bara kontrollsumman?").click()
    page.get_by_label("Kontrollsumma (SHA-256)").fill("0" * 64)
    page.get_by_role("button", name="Kontrollera summan").click()
    expect(page.locator("#verdict")).to_have_text(Verdict.UNKNOWN.label)
    page.get_by_label("Filen", exact=True).set_input_files(original)
    page.get_by_role("button", name="Skicka filen").click()
    expect(page.locator("#verdict")).to_have_text(Verdict.ORIGINAL.label)
    context.close()
