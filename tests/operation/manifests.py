"""What is in deploy/ and compose.yaml, parsed."""

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
KUBERNETES = ROOT / "deploy" / "kubernetes"


def documents(path: Path) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(path.read_text()) if one]


def manifests() -> list[dict[str, Any]]:
    return [one for path in sorted((KUBERNETES / "one").glob("*.yaml")) for one in documents(path)]


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [one for one in manifests() if one["kind"] == kind]


def container() -> dict[str, Any]:
    """That of the Deployment."""
    (deployment,) = of_kind("Deployment")
    (only,) = deployment["spec"]["template"]["spec"]["containers"]
    return only


def settings_file(name: str) -> dict[str, str]:
    lines = (KUBERNETES / "one" / name).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
