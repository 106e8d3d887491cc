"""Copies the ready-made css, js and images of the design systems into `build/assets`, ready to be served.

What changes on the way:
- absolute `/assets/…` addresses become relative, so that they work under any static address;
- the `@font-face` rules of GDS Transport go, since its licence covers gov.uk domains only: text falls back to Arial;
- references to source maps go, since the maps aren't served.
"""

import re
import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
PACKAGES = PROJECT / "node_modules"
TARGET = PROJECT / "build" / "assets"

GOVUK = "govuk-frontend/dist/govuk"
MOJ = "@ministryofjustice/frontend/moj"
TEXT_FILES = {
    f"{GOVUK}/govuk-frontend.min.css": "govuk-frontend.css",
    f"{GOVUK}/govuk-frontend.min.js": "govuk-frontend.js",
    f"{MOJ}/moj-frontend.min.css": "moj-frontend.css",
    f"{MOJ}/moj-frontend.min.js": "moj-frontend.js",
    "htmx.org/dist/htmx.min.js": "htmx.js",
}
IMAGE_FOLDERS = (f"{GOVUK}/assets/images", f"{MOJ}/assets/images")

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*GDS Transport[^}]*\}")
SOURCE_MAP = re.compile(r"(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")
ABSOLUTE_ADDRESS = re.compile(r"url\((['\"]?)/assets/")


def cleaned(text: str) -> str:
    """A css or js file as it may be served: no licensed font, no absolute address, no source map."""
    text = FONT_FACE.sub("", text)
    text = ABSOLUTE_ADDRESS.sub(r"url(\1", text)
    return SOURCE_MAP.sub("", text)


def copy_assets(packages: Path = PACKAGES, target: Path = TARGET) -> list[Path]:
    """Fill `target/vendor` from the npm packages and return the css and js files written.

    Raises:
        FileNotFoundError: a package isn't there; `npm ci` brings it.
    """
    vendor = target / "vendor"
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir(parents=True)
    for folder in IMAGE_FOLDERS:
        shutil.copytree(packages / folder, vendor / "images", dirs_exist_ok=True)
    return [_copy_text(packages / source, vendor / name) for source, name in TEXT_FILES.items()]


def _copy_text(source: Path, destination: Path) -> Path:
    destination.write_text(cleaned(source.read_text(encoding="utf-8")), encoding="utf-8")
    return destination


def main() -> int:
    """Copy everything; the exit code says whether it went well."""
    try:
        written = copy_assets()
    except FileNotFoundError as error:
        sys.stderr.write(f"A front-end file is missing: {error.filename}. Run script/assets again.\n")
        return 1
    sys.stdout.write(f"{len(written)} front-end files are ready in {TARGET.relative_to(PROJECT)}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
