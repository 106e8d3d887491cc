"""What is served of the design systems."""

from pathlib import Path

import pytest

from londonnet.platform.ui import assets


def test_addresses_become_relative_and_the_licensed_font_and_source_maps_go() -> None:
    css = (
        '@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2) format("woff2")}'
        ".a{font-family:GDS Transport,arial;background:url(/assets/images/a.svg)}"
        '.b{background:url("/assets/images/b.svg")}/*# sourceMappingURL=a.css.map */\n'
    )
    assert assets.cleaned(css) == (
        '.a{font-family:GDS Transport,arial;background:url(images/a.svg)}.b{background:url("images/b.svg")}'
    )
    assert assets.cleaned("export{a};//# sourceMappingURL=x.js.map\n") == "export{a};"


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    for name in assets.TEXT_FILES:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(".a{background:url(/assets/images/one.svg)}")
    for number, folder in enumerate(assets.IMAGE_FOLDERS):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / f"{'one' if number == 0 else 'two'}.svg").write_text("<svg/>")
    return tmp_path


def test_all_css_js_and_images_arrive_and_what_was_there_before_goes(packages: Path, tmp_path: Path) -> None:
    target = tmp_path / "assets"
    left_over = target / "vendor" / "old.css"
    left_over.parent.mkdir(parents=True)
    left_over.touch()
    written = assets.copy_assets(packages, target)
    assert sorted(file.name for file in written) == sorted(assets.TEXT_FILES.values())
    assert (target / "vendor" / "images" / "one.svg").exists()
    assert (target / "vendor" / "images" / "two.svg").exists()
    assert not left_over.exists()


def test_a_missing_package_is_said(packages: Path, tmp_path: Path) -> None:
    (packages / "htmx.org/dist/htmx.min.js").unlink()
    with pytest.raises(FileNotFoundError, match="htmx"):
        assets.copy_assets(packages, tmp_path / "assets")


def test_our_own_files_hold_no_foreign_address() -> None:
    folder = Path(assets.__file__).parent / "static"
    for file in [*folder.rglob("*.css"), *folder.rglob("*.js")]:
        text = file.read_text()
        assert "http://" not in text, file
        assert "https://" not in text, file
