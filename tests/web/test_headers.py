"""What the page's files may do in a browser."""

import httpx
import pytest

from api.page_headers import PAGE_HEADERS


@pytest.mark.parametrize("path", ["/", "/index.html", "/page.js", "/index.css", "/icon.svg"])
def test_the_pages_files_have_strict_headers(coach_url: str, path: str) -> None:
    answer = httpx.get(coach_url + path)
    assert answer.status_code == 200
    assert {name: answer.headers.get(name) for name in PAGE_HEADERS} == PAGE_HEADERS


@pytest.mark.parametrize("path", ["/coach/playground/", "/api/docs", "/healthz", "/api/v1/lessons"])
def test_what_is_not_the_page_does_not_have_its_policy(coach_url: str, path: str) -> None:
    assert "content-security-policy" not in httpx.get(coach_url + path).headers


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    policy = PAGE_HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert [word for word in ("unsafe", "http", "data:", "*") if word in policy] == []
