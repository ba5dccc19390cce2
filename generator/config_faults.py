"""Why `mkdocs.yml` cannot be used, in Chinese: MkDocs and its YAML reader say it in English."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.source import parse_text
from generator.text_files import read_text

# What items must not use and the configuration may.
_OF_YAML_AT_LARGE = ("anchor", "tag", "merge-key", "markup-in-text")
_CONFIG_VALUE = re.compile("Config value '([^']+)'")
_SETTING_HINTS = {
    "site_url": "要写完整的网址，例如 https://www.mingchuan.example/",
    "docs_dir": "写的文件夹不存在",
    "plugins": "里面有没有安装的插件，或者选项写得不对",
    "theme": "主题没有安装，或者 custom_dir 写的文件夹不存在",
}


def configuration_faults(file: Path) -> str:
    """Return why a configuration file cannot be read, as far as our own reader finds out; else empty."""
    text, problems = read_text(file, file.name)
    _, more = parse_text(text, file.name) if text is not None else (None, [])
    told = [*problems, *(problem for problem in more if problem.code not in _OF_YAML_AT_LARGE)]
    return "\n".join(f"第 {problem.place.line} 行，{problem.message}{problem.hint}" for problem in told)


class Said(logging.Handler):
    """What MkDocs says of a configuration, kept from the screen, for it is English."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.messages.append(record.getMessage())

    @contextmanager
    def instead_of(self, logger: logging.Logger) -> Iterator[None]:
        """Listen to a logger in place of everybody else."""
        propagate, logger.propagate = logger.propagate, False
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)
            logger.propagate = propagate

    def in_chinese(self) -> str:
        """Name the settings that were found wrong."""
        keys = [found[1] for message in self.messages if (found := _CONFIG_VALUE.match(message))]
        said = [f"{key} 写得不对，{_SETTING_HINTS.get(key, '请对照项目原来的写法')}" for key in dict.fromkeys(keys)]
        return "；".join(said) or "；".join(self.messages)
