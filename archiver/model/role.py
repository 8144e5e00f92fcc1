"""What people are here; each role sees its screens and has its rights."""

from enum import StrEnum


class Role(StrEnum):
    OPERATOR = "operator"
    INDEXER = "indexer"
    CHECKER = "checker"
    LIBRARIAN = "librarian"
    IT = "it"
    SECURITY_OFFICER = "security_officer"
    SUPERVISOR = "supervisor"
