import type { PageSettings } from './page-settings.js';
import { pageDocument } from './document.js';
import { PAGE_SCRIPT } from './script/script.js';
import { BASE_STYLE } from './style-base.js';
import { DETAIL_STYLE } from './style-detail.js';
import { VIEWS_STYLE } from './style-views.js';

/** A file of the page, as it is served. */
export interface PageAsset {
  headers: Record<string, string>;
  body: string;
}

// Only the page's own files, and nothing that turns text into markup: the content is untrusted.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#6e56cf"/>' +
  '<path d="M7 17h5l2 4h4l2-4h5M7 17l3-8h12l3 8v7H7z" fill="none" stroke="#fff" stroke-width="2.2" ' +
  'stroke-linejoin="round"/></svg>';

/** The page's files by path. They are constants in the code, so that both builds carry them. */
export function pageAssets(settings: PageSettings): ReadonlyMap<string, PageAsset> {
  return new Map([
    ['/', asset('text/html', pageDocument(settings))],
    ['/page.css', asset('text/css', `${BASE_STYLE}${DETAIL_STYLE}${VIEWS_STYLE}`)],
    ['/page.js', asset('text/javascript', PAGE_SCRIPT)],
    ['/icon.svg', asset('image/svg+xml', ICON)],
  ]);
}

function asset(type: string, body: string): PageAsset {
  return {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    },
    body,
  };
}
