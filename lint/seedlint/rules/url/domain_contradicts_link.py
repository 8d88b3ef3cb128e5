"""A domain that is not the one of the site that a link leads to.

## What it does
Warns of a domain beside a link that leads to another site. The host of the link may be the domain,
or below it, or above it; `news.example.com` and `www.example.com` are one site, too, because
`example.com` is what somebody has registered. The [Public Suffix List](https://publicsuffix.org)
says how long that part is: `a.co.uk` and `b.co.uk` are two sites. Links to the `platforms` are left
alone. What is not a domain, or not a web address, is a matter of other rules.

## Why it matters
The article is credited to a publisher who has not published it.

## Examples
```json schema
{"x-seedlint": {"same-site": {
  "domain": ["provider", "domain"], "links": ["webUrl", "originalUrl"], "platforms": ["youtube.com"]
}}}
```
```markdown fail
---
webUrl: "https://www.example.com/tides"
provider:
  domain: example.org
---
```
```markdown pass
---
webUrl: "https://www.example.com/tides"
originalUrl: "https://www.youtube.com/watch?v=tides"
provider:
  domain: example.com
---
```

## Options
Of the binding `same-site`:

- `domain`: the keys that lead to the domain, from the outside in.
- `links`: the keys of the links. A seed is reported for the first one that is on another site.
- `platforms`: domains on which everybody publishes, such as `youtube.com`.

## Fix safety
Unsafe: the link may be the one that is wrong. There is no fix if the links are on several sites.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.fix.operation import ProposedFix, ReplaceScalar
from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.url import SAME_SITE
from seedlint.rules.url.site import DomainAndLinks, are_same_site, is_name, registrable_domain
from seedlint.severity import Severity


@rule(
    "URL015",
    on=SAME_SITE,
    severity=Severity.WARNING,
    spared=True,
    fixable="sometimes",
    since="0.1",
)
def domain_contradicts_link(subject: DomainAndLinks) -> Iterator[Finding]:
    for link in subject.links:
        if are_same_site(subject.name, link.host):
            continue
        site = registrable_domain(link.host) or link.host
        is_one_site = is_name(site) and all(
            are_same_site(site, each.host) for each in subject.links
        )
        yield Finding(
            f"{quote(link.key)} is on {quote(site)}, not on {quote(subject.domain)}",
            pointer=subject.way,
            help=f"write {quote(site)}, or correct the link" if is_one_site else "correct the link",
            related=(Related((link.key,), "this link"),),
            fix=ProposedFix(f"write {quote(site)}", (ReplaceScalar(subject.way, site),), (), False)
            if is_one_site
            else None,
        )
        return
