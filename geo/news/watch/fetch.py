"""Asks as a guest does: says who it is, keeps to robots.txt, waits between two visits, asks only for what is new."""

from __future__ import annotations

import datetime as dt
import http
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from geo.news.limits import REDIRECTS, ROBOTS_BYTES
from geo.news.watch.addresses import Endpoint, RefusedAddressError, Target, resolve
from geo.news.watch.request import Answer, AnswerLimits, FetchError, request
from geo.news.watch.robots import HOST_DELAY_SECONDS, LONGEST_DELAY_SECONDS, ROBOT, Rules

_LONGEST_RETRY_SECONDS = 30 * 24 * 60 * 60.0
_MOVED = {http.HTTPStatus.MOVED_PERMANENTLY, http.HTTPStatus.PERMANENT_REDIRECT}
_ELSEWHERE = _MOVED | {http.HTTPStatus.FOUND, http.HTTPStatus.SEE_OTHER, http.HTTPStatus.TEMPORARY_REDIRECT}
_USABLE = {http.HTTPStatus.OK, http.HTTPStatus.NOT_MODIFIED}
_DIGITS = 9
_HOSTS_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Clock:
    """The time and the way to wait for it, both in seconds since 1970."""

    now: Callable[[], float]
    sleep: Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server told to recognise its last answer by, and the address that gave it."""

    address: str = ""
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer that can be used.

    Parameters
    ----------
    answer
        Of status 200, or 304 when nothing has changed.
    address
        Where it came from, after all redirects.
    moved_to
        Where what was asked for has moved for good; empty when it has not.
    """

    answer: Answer
    address: str
    moved_to: str = ""

    @property
    def unchanged(self) -> bool:
        """Return whether the server has nothing newer than what the validators recognise."""
        return self.answer.status == http.HTTPStatus.NOT_MODIFIED

    @property
    def validators(self) -> Validators:
        """Return what the next request for the same is made conditional with."""
        headers = self.answer.headers
        return Validators(self.address, headers.get("etag", ""), headers.get("last-modified", ""))


@dataclass(slots=True)
class Visitor:
    """One guest of many servers, who remembers their rules and when it was last there.

    Parameters
    ----------
    contact
        Where a publisher reaches whoever runs this.
    permitted
        Hosts and ports that may be asked though they are not on the public internet.
    """

    contact: str
    clock: Clock
    permitted: AbstractSet[Endpoint] = frozenset()
    _rules: dict[str, Rules] = field(default_factory=dict)
    _last_visit: dict[str, float] = field(default_factory=dict)

    def get(
        self,
        address: str,
        limits: AnswerLimits,
        *,
        accept: str,
        language: str = "",
        validators: Validators | None = None,
    ) -> Fetched:
        """Return what an address answers, after redirects and the waits that its hosts ask for.

        Parameters
        ----------
        accept
            Media types, as the header of this name has them.
        language
            The language to prefer, as a two-letter code.
        validators
            Of the last answer, to be told when nothing has changed.

        Raises
        ------
        FetchError
            When there is no answer of status 200 or 304.
        """
        headers = {"Accept": accept} | ({"Accept-Language": language} if language else {})
        asked, moved_to, lasting = address, "", True
        for _ in range(REDIRECTS + 1):
            try:
                target, answer = self._ask(asked, headers, limits, validators or Validators())
                elsewhere = _location(target, answer)
            except FetchError as error:
                raise error.behind(asked) if asked != address else error from None
            if not elsewhere:
                return Fetched(answer, target.address, moved_to)
            asked = elsewhere
            # a lasting redirect behind a passing one may be another one tomorrow
            lasting = lasting and answer.status in _MOVED
            moved_to = asked if lasting else moved_to
        raise FetchError(f"redirects more than {REDIRECTS} times")

    def _ask(
        self, address: str, headers: dict[str, str], limits: AnswerLimits, validators: Validators
    ) -> tuple[Target, Answer]:
        target = self._target(address)
        self._keep_to_robots(target)
        answer = self._visit(target, headers | _conditions(target, validators), limits)
        if answer.status not in _ELSEWHERE | _USABLE:
            retry_after = _retry_after(answer, self.clock.now())
            raise FetchError(_answered(answer.status), retry_after=retry_after, status=answer.status)
        return target, answer

    def _target(self, address: str) -> Target:
        try:
            return resolve(address, self.permitted)
        except RefusedAddressError as error:
            # that is our own rule and no server's trouble: it takes no longer pause
            raise FetchError(error.reason, retry_after=0.0) from None
        except OSError as error:
            raise FetchError(f"has a host that cannot be found ({error.strerror})") from None

    def _visit(self, target: Target, headers: dict[str, str], limits: AnswerLimits) -> Answer:
        known = self._rules.get(target.origin)
        wait = self._last_visit.get(target.host, 0.0) + (known.delay_seconds() if known else HOST_DELAY_SECONDS)
        wait -= self.clock.now()
        # a clock that was set back is no reason to wait for it
        if 0 < wait <= LONGEST_DELAY_SECONDS:
            self.clock.sleep(wait)
        try:
            return request(target, {"User-Agent": f"{ROBOT} (+{self.contact})", **headers}, limits)
        finally:
            self._last_visit[target.host] = self.clock.now()

    def _keep_to_robots(self, target: Target) -> None:
        known, now = self._rules.get(target.origin), self.clock.now()
        if known is None or known.valid_seconds(now) <= 0:
            self._forget(target.origin)
            known = self._rules[target.origin] = self._read_robots(target)
        if not known.allows(target.address):
            reason = f"is not allowed by {target.origin}/robots.txt"
            raise FetchError(reason, retry_after=known.valid_seconds(now))

    def _forget(self, origin: str) -> None:
        """Forget the rules of a host, and of all when they are many: a feed may link to hosts without end."""
        self._rules.pop(origin, None)
        if len(self._rules) >= _HOSTS_REMEMBERED:
            self._rules.clear()
            recent = self.clock.now() - LONGEST_DELAY_SECONDS
            self._last_visit = {host: at for host, at in self._last_visit.items() if at > recent}

    def _read_robots(self, target: Target) -> Rules:
        """Return the rules of a host; a host that says clearly that it has none allows everything (RFC 9309)."""
        address = f"{target.origin}/robots.txt"
        for _ in range(REDIRECTS + 1):
            asked = self._target(address)
            answer = self._visit(asked, {"Accept": "text/plain, */*;q=0.1"}, AnswerLimits(ROBOTS_BYTES))
            if elsewhere := _location(asked, answer):
                address = elsewhere
            elif answer.status == http.HTTPStatus.OK:
                return Rules.parse(answer.body, self.clock.now())
            elif answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR or (
                answer.status == http.HTTPStatus.TOO_MANY_REQUESTS
            ):
                reason = f"has a robots.txt that {_answered(answer.status)}, so nothing is asked for"
                raise FetchError(reason, retry_after=_retry_after(answer, self.clock.now()), status=answer.status)
            else:
                return Rules(self.clock.now())
        raise FetchError(f"has a robots.txt that redirects more than {REDIRECTS} times")


def _conditions(target: Target, validators: Validators) -> dict[str, str]:
    # another server may use the same mark for something else
    if validators.address != target.address:
        return {}
    conditions = {"If-None-Match": validators.etag, "If-Modified-Since": validators.modified}
    return {name: value for name, value in conditions.items() if value}


def _location(target: Target, answer: Answer) -> str:
    """Return where a redirect leads; empty when the answer is none."""
    if answer.status not in _ELSEWHERE:
        return ""
    location = answer.headers.get("location", "")
    if not location:
        raise FetchError(f"{_answered(answer.status)} without saying where", status=answer.status)
    try:
        return urljoin(target.address, location)
    except ValueError:
        raise FetchError(f"redirects to {location[:80]!a}, which is no address") from None


def _answered(status: int) -> str:
    try:
        return f"answered {status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        return f"answered {status}"


def _retry_after(answer: Answer, now: float) -> float | None:
    """Return in how many seconds a server wants to be asked again (RFC 9110, section 10.2.3), at most a month."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:_DIGITS])
    else:
        try:
            moment = parsedate_to_datetime(text)
            seconds = moment.replace(tzinfo=moment.tzinfo or dt.UTC).timestamp() - now
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(seconds, 0.0), _LONGEST_RETRY_SECONDS)
