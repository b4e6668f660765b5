"""
What detect-secrets' plugins mean here: rule, confidence, and which part of a hit is the value.

Facts only: no scanning, no library.
"""

from __future__ import annotations

from leakgate.model.detection import Category, Confidence, Rule, Severity
from leakgate.model.records import dataclass

_CRITICAL, _HIGH, _MEDIUM, _LOW = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW
_SURE, _LIKELY, _GUESS = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


@dataclass(frozen=True, slots=True)
class Plugin:
    """`groups` are the value's group in each of the plugin's expressions; 0 is the whole hit.

    A `token` stands between characters that are in no word. `guess` plugins believe any value.
    """

    slug: str
    name: str
    entity: str
    severity: Severity
    confidence: Confidence
    groups: tuple[int, ...] = (0,)
    token: bool = True
    guess: bool = False
    provider: str = ""
    prefix: str = ""

    def rule(self) -> Rule:
        """The rule that this plugin's matches name."""
        is_address = self.entity == "IP_ADDRESS"
        return Rule(
            id=f"detect-secrets/{self.slug}",
            name=self.name,
            entity=self.entity,
            category=Category.PII if is_address else Category.SECRET,
            severity=self.severity,
            confidence=self.confidence,
            family="detect-secrets",
            provider=self.provider,
            prefix=self.prefix,
            cwe="CWE-532" if is_address else "CWE-798",
            reference="https://github.com/Yelp/detect-secrets",
            remediation="Revoke the credential, then keep it out of what a test writes.",
            specificity=0 if self.guess else 2,
        )


# The value's group in the keyword expressions: first those that want quotes, then those of
# configuration files, in the order of the plugin's own tables.
KEYWORD_QUOTED = 5
_KEYWORD_GROUPS = (5, 2, 5, 3, 4, 4, 2, 5, 3)

PLUGINS: dict[str, Plugin] = {
    "AWSKeyDetector": Plugin(
        "aws", "AWS access key", "AWS_ACCESS_KEY", Severity.LOW, _SURE, (0, 1), provider="aws", prefix="AKIA"
    ),
    "ArtifactoryDetector": Plugin(
        "artifactory", "Artifactory credential", "ARTIFACTORY_TOKEN", _HIGH, _GUESS, (0, 0), token=False,
        provider="artifactory",
    ),
    "AzureStorageKeyDetector": Plugin(
        "azure-storage-key", "Azure Storage account key", "AZURE_STORAGE_KEY", _CRITICAL, _SURE,
        token=False, provider="azure",
    ),
    "Base64HighEntropyString": Plugin(
        "base64-high-entropy", "Random-looking Base64 string", "HIGH_ENTROPY_STRING", _LOW, _GUESS, (2,),
        token=False, guess=True,
    ),
    "BasicAuthDetector": Plugin(
        "basic-auth", "Password in a URL", "BASIC_AUTH_PASSWORD", _HIGH, _LIKELY, (1,), token=False
    ),
    "CloudantDetector": Plugin(
        "cloudant", "Cloudant credential", "CLOUDANT_KEY", _HIGH, _LIKELY, (1, 1, 1, 1), token=False,
        provider="ibm",
    ),
    "DiscordBotTokenDetector": Plugin(
        "discord", "Discord bot token", "DISCORD_TOKEN", _HIGH, _LIKELY, provider="discord"
    ),
    "GitHubTokenDetector": Plugin(
        "github", "GitHub token", "GITHUB_TOKEN", _CRITICAL, _SURE, provider="github"
    ),
    "GitLabTokenDetector": Plugin(
        "gitlab", "GitLab token", "GITLAB_TOKEN", _CRITICAL, _SURE, (0,) * 7, provider="gitlab"
    ),
    "HexHighEntropyString": Plugin(
        "hex-high-entropy", "Random-looking hexadecimal string", "HIGH_ENTROPY_STRING", _LOW, _GUESS, (2,),
        token=False, guess=True,
    ),
    "IPPublicDetector": Plugin(
        "ip-public", "Public IPv4 address", "IP_ADDRESS", _LOW, _GUESS, (1,), token=False, guess=True
    ),
    "IbmCloudIamDetector": Plugin(
        "ibm-cloud-iam", "IBM Cloud IAM key", "IBM_CLOUD_KEY", _HIGH, _GUESS, (1,), token=False,
        provider="ibm",
    ),
    "IbmCosHmacDetector": Plugin(
        "ibm-cos-hmac", "IBM COS HMAC credential", "IBM_COS_HMAC", _HIGH, _LIKELY, (1,), token=False,
        provider="ibm",
    ),
    "JwtTokenDetector": Plugin("jwt", "JSON Web Token", "JWT", _HIGH, _SURE, prefix="eyJ"),
    "KeywordDetector": Plugin(
        "keyword", "Value assigned to a secret-like name", "SECRET_KEYWORD", _MEDIUM, _LIKELY,
        _KEYWORD_GROUPS, token=False, guess=True,
    ),
    "MailchimpDetector": Plugin(
        "mailchimp", "Mailchimp key", "MAILCHIMP_KEY", _HIGH, _SURE, provider="mailchimp"
    ),
    "NpmDetector": Plugin(
        "npm", "npm token", "NPM_TOKEN", _CRITICAL, _SURE, (1,), token=False, provider="npm"
    ),
    "OpenAIDetector": Plugin("openai", "OpenAI key", "OPENAI_KEY", _CRITICAL, _SURE, provider="openai"),
    "PrivateKeyDetector": Plugin(
        "private-key", "Header of a private key", "PRIVATE_KEY", _CRITICAL, _LIKELY, (0,) * 8
    ),
    "PypiTokenDetector": Plugin(
        "pypi", "PyPI token", "PYPI_TOKEN", _CRITICAL, _SURE, (0, 0), provider="pypi"
    ),
    "SendGridDetector": Plugin(
        "sendgrid", "SendGrid key", "SENDGRID_KEY", _CRITICAL, _SURE, provider="sendgrid", prefix="SG."
    ),
    "SlackDetector": Plugin(
        "slack", "Slack token", "SLACK_TOKEN", _CRITICAL, _SURE, (0, 0), provider="slack"
    ),
    "SoftlayerDetector": Plugin(
        "softlayer", "SoftLayer credential", "SOFTLAYER_KEY", _HIGH, _LIKELY, (1, 1), token=False,
        provider="ibm",
    ),
    "SquareOAuthDetector": Plugin(
        "square-oauth", "Square OAuth secret", "SQUARE_OAUTH_SECRET", _CRITICAL, _SURE, provider="square"
    ),
    "StripeDetector": Plugin("stripe", "Stripe key", "STRIPE_KEY", _CRITICAL, _SURE, provider="stripe"),
    "TelegramBotTokenDetector": Plugin(
        "telegram", "Telegram bot token", "TELEGRAM_TOKEN", _HIGH, _SURE, provider="telegram"
    ),
    "TwilioKeyDetector": Plugin(
        "twilio", "Twilio key", "TWILIO_KEY", _HIGH, _LIKELY, (0, 0), provider="twilio"
    ),
}  # fmt: skip
