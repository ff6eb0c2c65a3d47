"""What the Dockerfile describes, built and started without a container engine (Linux, root).

Each stage is a folder that becomes the root of a process by chroot, in a mount namespace of its
own: /usr and the interpreter are this machine's, /venv is the virtual environment of the tests, and
all else is what the instructions put there. They run as written, except those that download.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOWNLOADS = re.compile(r"pip install|apt-get|python -m venv")
ETC = ("passwd", "group", "shadow", "gshadow", "login.defs", "nsswitch.conf", "ld.so.cache")
ETC += ("hosts", "mime.types")
CAN_MOUNT = (
    sys.platform == "linux"
    and os.geteuid() == 0
    and not subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode
)


def instructions(text: str) -> list[tuple[str, str]]:
    """Of a Dockerfile: each with its arguments, without comments and line ends."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    found = [line.split(None, 1) for line in joined.splitlines() if line.strip()]
    return [(name.upper(), rest.strip()) for name, rest in found]


def context(target: Path) -> None:
    """The project as a build gets it: without what .dockerignore names."""
    patterns = (ROOT / ".dockerignore").read_text().split()

    def left_out(folder: str, names: list[str]) -> list[str]:
        here = Path(folder).relative_to(ROOT)
        return [
            name
            for name in names
            for pattern in patterns
            if fnmatch(
                name if pattern.startswith("**/") else str(here / name), pattern.lstrip("*/")
            )
        ]

    shutil.copytree(ROOT, target, ignore=left_out, symlinks=True, dirs_exist_ok=True)


@dataclass
class Stage:
    root: Path
    folder: str = "/"
    user: str = "root"
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": "/usr/bin:/bin:/usr/sbin"})
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("dev", "etc", "home", "proc", "run", "tmp", "usr", "venv"):
            (self.root / name).mkdir(parents=True)
        (self.root / "tmp").chmod(0o1777)
        for path in map(Path, ("/bin", "/sbin", "/lib", "/lib64")):
            if path.is_symlink():  # into /usr
                (self.root / path.name).symlink_to(path.readlink())
        for path in (Path("/etc") / name for name in ETC):
            if path.exists():
                shutil.copy2(path, self.root / "etc")

    def at(self, path: str) -> Path:
        return self.root / str(Path(self.folder, path)).lstrip("/")

    def mounts(self, binds: dict[Path, str], *, read_only: bool) -> Iterator[str]:
        here = shlex.quote(str(self.root))
        yield f"mount --bind {here} {here}"
        if read_only:
            yield f"mount -o remount,bind,ro {here}"
            yield f"mount --bind {here}/data {here}/data"
            yield f"mount -o remount,bind,rw {here}/data"
            yield f"mount -t tmpfs tmpfs {here}/tmp"
        for source, target in binds.items():
            yield f"mount --rbind {shlex.quote(str(source))} {here}{target}"

    def start(
        self, argv: list[str], sockets: Path | None = None, *, read_only: bool, **more: str
    ) -> subprocess.Popen:
        """The process in this root, as the stage's user, with its environment and no more."""
        binds = {Path("/usr"): "/usr", Path("/dev"): "/dev", Path("/proc"): "/proc"}
        binds[Path(sys.prefix)] = "/venv"
        if not sys.base_prefix.startswith("/usr"):
            (self.root / sys.base_prefix.lstrip("/")).mkdir(parents=True, exist_ok=True)
            binds[Path(sys.base_prefix)] = sys.base_prefix
        if sockets:
            binds[sockets] = "/run"
        named = [f"{name}={value}" for name, value in (self.environment | more).items()]
        inside = ["env", "-i", "-C", self.folder, *named, *argv]
        chroot = ["chroot", f"--userspec={self.user}:", str(self.root), *inside]
        script = "\n".join([*self.mounts(binds, read_only=read_only), f"exec {shlex.join(chroot)}"])
        options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen(["unshare", "--mount", "sh", "-ec", script], text=True, **options)

    def run(self, argv: list[str], **options: Any) -> None:
        process = self.start(argv, **options)
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, f"{argv}: {said}"


def build(folder: Path) -> tuple[Stage, list[str]]:
    """The last stage, and the commands that were left out because they download."""
    stages: dict[str, Stage] = {}
    left_out: list[str] = []
    stage = None
    for name, rest in instructions((ROOT / "Dockerfile").read_text()):
        if name == "FROM":
            called = rest.split(" AS ")[1:] or ["last"]
            stage = stages[called[0]] = Stage(folder / called[0])
            continue
        assert stage is not None
        if name == "WORKDIR":
            stage.folder = rest
            stage.at(".").mkdir(parents=True, exist_ok=True)
        elif name == "USER":
            stage.user = rest
        elif name == "ENV":
            values = dict(part.split("=", 1) for part in shlex.split(rest))
            path = stage.environment["PATH"]
            stage.environment |= {one: text.replace("$PATH", path) for one, text in values.items()}
        elif name == "COPY":
            _copy(stage, stages, rest.split())
        elif name == "RUN" and DOWNLOADS.search(rest):
            left_out.append(rest)
        elif name == "RUN":
            stage.run(["sh", "-c", rest], read_only=False)
        elif name == "CMD":
            stage.command = json.loads(rest)
        elif name == "HEALTHCHECK":
            stage.health = json.loads(rest.split("CMD", 1)[1])
        else:
            assert name in {"VOLUME", "EXPOSE"}, name
    assert stage is not None
    return stage, left_out


def _copy(stage: Stage, stages: dict[str, Stage], arguments: list[str]) -> None:
    if arguments[0].startswith("--from="):
        source, target = arguments[1:]
        if source != "/venv":  # bound instead, as everything was downloaded before
            before = stages[arguments[0].split("=")[1]].at(source)
            shutil.copytree(before, stage.at(target), symlinks=True, dirs_exist_ok=True)
    elif arguments[0] == ".":
        context(stage.at(arguments[1]))
    else:
        shutil.copy2(ROOT / arguments[0], stage.at(arguments[1]))
