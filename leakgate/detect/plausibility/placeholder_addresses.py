"""
E-mail addresses that people write where no real one is wanted, though nobody reserved their domains.

Says why in a few words, never what. Reserved domains (RFC 2606) are in `adapters.specimens`.
"""

from __future__ import annotations

from leakgate.model.expressions import expression

# Placeholders of manuals and forms, sandboxes, and the invented companies of software makers.
_DOMAINS = expression(
    r"(?i)(?:.+\.)?(?:example\.[a-z.]{2,6}|(?:your|my|some|any|the)-?(?:domain|company|site|email|mail|org|host|server)"
    r"\.[a-z]{2,5}|(?:domain|company|foo|bar|baz|foobar|foo-?bar|test|testing|tester|sample|fake|dummy|nowhere|whatever"
    r"|blah|acme|doe|placeholder|mustermann|musterfirma|muster|ejemplo|exemple|exemplo|esempio|beispiel)"
    r"\.(?:com|net|org|io|de|es|fr|it|co\.uk|com\.br)|contoso\.com|fabrikam\.com|adventure-works\.com"
    r"|northwindtraders\.com|reqres\.in|mailinator\.com|mailtrap\.io|ethereal\.email|example-\w+\.com)"
)
_LOCALS = expression(
    r"(?i)(?:(?:john|jane|jon|johnny|joe|jdoe|j)[._-]?(?:doe|roe|public|bloggs|smith)|jdoe|jsmith"
    r"|(?:max|erika|otto|maria)[._-]?muster(?:mann|frau)?|juan[._-]?perez|jean[._-]?dupont|mario[._-]?rossi"
    r"|(?:test|tester|testing|dummy|fake|foo|bar|baz|foobar|sample|example|placeholder|someone|somebody|anyone"
    r"|nobody|first[._-]?last|firstname[._-]?lastname|name|username|your[._-]?\w{2,12})"
    r"(?:[._-]?(?:user|email|mail|account|person|customer|admin|name))?)(?:[._-]?\d{1,6})?(?:\+[\w.-]{1,32})?"
)
# `user@email.com`: both parts say what stands in their place. Either of them alone may be a real one's.
_WORDS = expression(
    r"(?i)(?:e-?mail|mail|user|username|name|your|you|me|my|first\.?last|to|from|sender|recipient|address)\d{0,3}"
    r"@(?:e-?mail|address|mail|domain|provider|host|server|somewhere)\.(?:com|net|org|de|fr|es)"
)


def placeholder_address(address: str) -> str | None:
    """Why an e-mail address is known to be nobody's, or None."""
    local, _, domain = address.rpartition("@")
    if _WORDS.fullmatch(address):
        return "name for examples"
    if _DOMAINS.fullmatch(domain):
        return "domain for examples"
    return "name for examples" if _LOCALS.fullmatch(local) else None
