"""Programs around tests: servers, clients and installers, whose logs are kept beside those of the tests."""

from __future__ import annotations

from benchmarks.zoo.tool import Needs, Tool

_FAMILY = "Infrastructure"


def _program(name: str, project: str, command: str, needs: Needs) -> Tool:
    return Tool(name, _FAMILY, project, command, needs, fails=False, tests=False)


def _script(name: str, *debian: str, commands: tuple[str, ...] = ()) -> Tool:
    return _program(name, name, "bash run.sh", Needs(debian=debian, commands=commands))


TOOLS = (
    _script("postgres", "postgresql"),
    _script("redis", "redis-server", "redis-tools"),
    _script("nginx", "nginx-light", "curl"),
    _script("curl", "curl"),
    _script("openssl", "openssl"),
    _script("git", "git"),
    _script("ssh", "openssh-server", "openssh-client"),
    _program("pip-install", "pip-npm", "bash run.sh", Needs(commands=("python3",))),
    _script("npm-install", commands=("npm",)),
    _script("node-modules", commands=("npm",)),
    _program("heap-dump", "heapdump", "javac Shop.java && java Shop", Needs(commands=("javac",))),
    Tool(
        "ansible",
        _FAMILY,
        "ansible",
        "ansible-playbook -vvv -i localhost, -e ansible_python_interpreter=$VIRTUAL_ENV/bin/python playbook.yml",
        Needs(pip=("ansible-core==2.18.9",)),
        tests=False,
    ),
)
