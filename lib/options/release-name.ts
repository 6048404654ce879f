/** Longest name that Sentry keeps. */
const MAX_LENGTH = 200;
const REFUSED = /[\r\n\f\t\v\0/\\]/;

/**
 * Why Sentry would not take the name of a release: it then drops the name from events, and `sentry-cli` refuses it.
 * @see https://docs.sentry.io/product/releases/naming-releases/
 */
export function problemOfRelease(release: string): string | undefined {
  const name = release.trim();
  const [character] = REFUSED.exec(name) ?? [];
  if (character !== undefined)
    return `it contains ${character === '/' || character === '\\' ? character : 'a control character'}`;
  if (name === '.' || name === '..') return 'it is only dots';
  return release.length > MAX_LENGTH ? `it has more than ${MAX_LENGTH} characters` : undefined;
}
