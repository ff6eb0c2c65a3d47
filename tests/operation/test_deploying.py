"""compose.yaml and deploy/: each parses, names what is there, and runs as an ordinary user."""

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from tests.operation.image import instructions
from tests.operation.manifests import (
    KUBERNETES,
    ROOT,
    container,
    documents,
    manifests,
    of_kind,
    settings_file,
)

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*"))
FILES = [path for path in (ROOT / "deploy").rglob("*") if path.is_file()]
FILES += [ROOT / "compose.yaml", ROOT / "Dockerfile"]
SETTINGS = (ROOT / "docs" / "self-hosting.md").read_text()
ENDS_WITHIN = 30 + 4  # seconds, what is set and what it takes to end processes
COMMANDS = re.compile(r"manage\.py (\w+)")


def pods() -> list[dict]:
    """The specs of all pods."""
    found = []
    for one in manifests():
        spec = one.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        if "template" in spec:
            found.append(spec["template"]["spec"])
    assert len(found) == 4  # serve, purge, backup, migrate
    return found


def test_every_pod_is_an_ordinary_user_and_writes_only_to_its_volumes():
    (user,) = {
        rest for name, rest in instructions(dockerfile()) if name == "RUN" and "--uid" in rest
    }
    uid = int(user.split("--uid ")[1].split()[0])
    claims = {one["metadata"]["name"] for one in of_kind("PersistentVolumeClaim")}
    for pod in pods():
        assert pod["automountServiceAccountToken"] is False
        person = pod["securityContext"]
        assert person["runAsNonRoot"] is True
        assert (person["runAsUser"], person["fsGroup"]) == (uid, uid)
        assert person["seccompProfile"] == {"type": "RuntimeDefault"}
        (only,) = pod["containers"]
        assert only["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {"cpu", "memory"} <= only["resources"]["requests"].keys()
        assert "memory" in only["resources"]["limits"]
        volumes = {one["name"]: one for one in pod["volumes"]}
        mounted = {one["mountPath"]: volumes[one["name"]] for one in only["volumeMounts"]}
        assert "emptyDir" in mounted["/tmp"]
        assert mounted["/data"]["persistentVolumeClaim"]["claimName"] == "selftrust-data"
        assert {
            one["persistentVolumeClaim"]["claimName"]
            for one in volumes.values()
            if "persistentVolumeClaim" in one
        } <= claims
        sources = [next(iter(one.values()))["name"] for one in only["envFrom"]]
        assert sources == ["selftrust", "selftrust"]  # the config map, and the secret


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text()


def test_what_serves_is_probed_where_it_answers():
    probes = {name: container()[name]["httpGet"] for name in container() if name.endswith("Probe")}
    assert {name: asked["path"] for name, asked in probes.items()} == {
        "startupProbe": "/healthz",
        "livenessProbe": "/healthz",
        "readinessProbe": "/readyz",
    }
    hosts = settings_file("settings.env")["ALLOWED_HOSTS"].split(",")
    for asked in probes.values():
        assert {one["name"]: one["value"] for one in asked["httpHeaders"]}["Host"] in hosts[1:]
    (port,) = container()["ports"]
    assert str(port["containerPort"]) == dict(instructions(dockerfile()))["EXPOSE"]


def test_one_pod_is_the_default_because_its_volume_is_on_one_node():
    (deployment,) = of_kind("Deployment")
    claim = next(
        one for one in of_kind("PersistentVolumeClaim") if "data" in one["metadata"]["name"]
    )
    assert claim["spec"]["accessModes"] == ["ReadWriteOnce"]
    assert deployment["spec"]["replicas"] == 1
    assert deployment["spec"]["strategy"] == {"type": "Recreate"}
    (several,) = documents(KUBERNETES / "several" / "kustomization.yaml")
    assert several["resources"] == ["../one"]
    patches = {one["target"]["kind"]: yaml.safe_load(one["patch"]) for one in several["patches"]}
    (access,) = patches["PersistentVolumeClaim"]
    assert access["value"] == ["ReadWriteMany"]
    by_path = {one["path"]: one["value"] for one in patches["Deployment"]}
    assert by_path["/spec/strategy"]["type"] == "RollingUpdate"
    assert by_path["/spec/strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    pause = by_path["/spec/template/spec/containers/0/env/-"]
    assert pause["name"] == "SELFTRUST_END_PAUSE"
    grace = deployment["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]
    assert grace > int(pause["value"]) + ENDS_WITHIN


def test_with_a_bucket_the_volume_of_the_data_folder_is_not_asked_for():
    (bucket,) = documents(KUBERNETES / "bucket" / "kustomization.yaml")
    patches = {one["target"]["kind"]: yaml.safe_load(one["patch"]) for one in bucket["patches"]}
    assert patches["PersistentVolumeClaim"]["$patch"] == "delete"
    for kind in ("Deployment", "CronJob"):
        change = patches[kind][0]
        for found in of_kind(kind):
            for step in change["path"].strip("/").split("/"):
                found = found[int(step) if step.isdecimal() else step]
            assert found["persistentVolumeClaim"]["claimName"] == "selftrust-data"
            assert (found["name"], set(change["value"])) == ("data", {"name", "emptyDir"})


def test_labels_and_names_meet():
    (deployment,) = of_kind("Deployment")
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == labels
    (service,) = of_kind("Service")
    assert service["spec"]["selector"] == labels
    (budget,) = of_kind("PodDisruptionBudget")
    assert budget["spec"]["selector"]["matchLabels"] == labels
    assert budget["spec"]["maxUnavailable"] == 1, "minAvailable would hold the node of one pod"
    (kustomization,) = of_kind("Kustomization")
    there = {path.name for path in (KUBERNETES / "one").glob("*.yaml")}
    assert there - set(kustomization["resources"]) == {"kustomization.yaml", "migrate.yaml"}
    assert "/deploy/kubernetes/one/secrets.env" in (ROOT / ".gitignore").read_text().split()
    assert {"deploy", ".env", "var", ".git"} <= set((ROOT / ".dockerignore").read_text().split())


def test_images_have_a_version_and_no_registry():
    compose = documents(ROOT / "compose.yaml")[0]
    named = [only["image"] for pod in pods() for only in pod["containers"]]
    named += [one["image"] for one in compose["services"].values() if "image" in one]
    named += [rest.split()[0] for name, rest in instructions(dockerfile()) if name == "FROM"]
    (kustomization,) = of_kind("Kustomization")
    tags = {one["name"]: one["newTag"] for one in kustomization["images"]}
    for image in named:
        name, _colon, tag = image.partition(":")
        assert "/" not in image, f"{image} names a registry"
        assert (tag or tags[name]) not in {"", "latest"}
    for path in FILES:
        assert "latest" not in path.read_text(), path


def test_settings_and_commands_are_there():
    for file in ("settings.env", "secrets.env.example"):
        unknown = [name for name in settings_file(file) if f"`{name}`" not in SETTINGS]
        assert not unknown, f"{file} sets {unknown}"
    secret = {"DATABASE_URL", "SECRET_KEY", "SELFTRUST_KEY"}
    assert secret <= settings_file("secrets.env.example").keys()
    assert not secret & settings_file("settings.env").keys()
    from django.core.management import get_commands

    for path in FILES:
        assert set(COMMANDS.findall(path.read_text())) <= get_commands().keys(), path


def test_compose_keeps_what_people_wrote():
    compose = documents(ROOT / "compose.yaml")[0]
    app, database = compose["services"]["app"], compose["services"]["db"]
    assert compose.keys() == {"services", "configs", "volumes"}
    assert app["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert "healthcheck" in database
    assert all(port.startswith("127.0.0.1:") for port in app["ports"])
    assert "ports" not in database
    used = {volume.split(":")[0] for one in (app, database) for volume in one["volumes"]}
    assert used == compose["volumes"].keys()
    assert [one["source"] for one in database["configs"]] == [*compose["configs"]]
    assert app["read_only"] is True
    assert app["cap_drop"] == ["ALL"]


def unit(path: Path) -> ConfigParser:
    found = ConfigParser(strict=False, interpolation=None, comment_prefixes="#")
    found.optionxform = str
    found.read(path)
    return found


def test_units_run_as_an_ordinary_user():
    services = [path for path in UNITS if path.suffix == ".service"]
    assert {path.stem for path in services} == {
        "selftrust", "selftrust-purge", "selftrust-backup"
    }  # fmt: skip
    for path in services:
        service = unit(path)["Service"]
        assert service["User"] == "selftrust"
        assert service["EnvironmentFile"] == "/etc/selftrust/environment"
        assert service["ProtectSystem"] == "strict"
        assert service["NoNewPrivileges"] == "yes"
        assert "/srv/selftrust-data" in service["ReadWritePaths"].split()
        assert "/srv/selftrust-data" in unit(path)["Unit"]["RequiresMountsFor"].split()
    for path in UNITS:
        if path.suffix == ".timer":
            assert path.with_suffix(".service").exists()
            assert unit(path)["Timer"]["Persistent"] == "yes"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_accepts_the_units(tmp_path):
    for path in UNITS:
        text = path.read_text().replace("/srv/selftrust/.venv/bin/python", sys.executable)
        (tmp_path / path.name).write_text(text)
    said = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.glob("*"))], capture_output=True, text=True
    )
    assert said.returncode == 0, said.stderr
    assert "selftrust" not in said.stderr, said.stderr
