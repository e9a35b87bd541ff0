"""The door of files: what other apps may use."""

from gongkai.files.actions import attach, store
from gongkai.files.models import StoredFile
from gongkai.files.purposes import declare_purpose
from gongkai.files.queries import files_of, is_intact, read_bytes, visible_file
from gongkai.files.states import Kind, State

__all__ = [
    "Kind",
    "State",
    "StoredFile",
    "attach",
    "declare_purpose",
    "files_of",
    "is_intact",
    "read_bytes",
    "store",
    "visible_file",
]
