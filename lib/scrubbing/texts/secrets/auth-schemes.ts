import { marker } from '../../markers/marker.js';
import { endOfExpression, isPlaceholder } from '../../markers/placeholders.js';

/** A cheap test for what every form contains. */
const MAY_NAME =
  /bearer|(?:basic|digest|AWS4-HMAC-SHA256|Token|Api-?Key|DPoP|GNAP|GenieKey|SSWS|Negotiate|NTLM|Hawk)[ \t]/i;
/** `Bearer` and anything after it, as in Relay, also in forms and queries; not the marker of an earlier pass. */
const BEARER = /\b(bearer[ \t]{1,16}|bearer%20|bearer\+)(?!\[Filtered)((?:\$\{[^{}\s]{1,80}\}|[^\s"'<>,;)\]}\\])+)/gi;
/** `Basic` and base64 that contains a colon, so that "basic authentication" is kept. */
const BASIC = /\b(basic[ \t]{1,16})([A-Za-z0-9+/_-]{4,}={0,2})/gi;
/** `Digest` and its list of parameters, to the end of the line. */
const DIGEST = /\b(digest[ \t]{1,16})((?:username|realm|nonce|response|qop|uri|algorithm)=[^\r\n]+)/gi;
/** What a server asks for: its parameters hold no credentials. */
const CHALLENGE = /^(?!.{0,2000}\b(?:response|username|cnonce)=)/i;
/** The parts of an AWS signature. */
const AWS = /\b(AWS4-HMAC-SHA256[ \t]{1,16})([^\r\n"']+)/g;
/** `Token abc123…` as an authorization value, if it looks random. */
const TOKEN =
  /\b((?:(?:Api-)?Token|Api-?Key|DPoP|GNAP|GenieKey|SSWS|Negotiate|NTLM|Hawk)[ \t]{1,4})((?=[\w.+/=-]{0,200}\d)[\w.+/=-]{16,})/g;

/** What follows the name of the scheme in prose: `Bearer token is missing`. */
const PROSE =
  /^(?:tokens?|credentials?|auth|authentication|authorization|scheme|(?:realm|error|error_description|error_uri|scope|expires_in|expires|resource_metadata|authorization_uri|charset)=.*|is|was|not|format|header|strategy|error|missing|invalid|expired|of|and|or|in|for|prefix|required|tokens?)[.:]?$/i;

/** Replaces the credentials after the name of an HTTP authentication scheme. */
export function scrubAuthSchemes(text: string): string {
  if (!MAY_NAME.test(text)) return text;
  return text
    .replace(BEARER, (all, scheme: string, credentials: string, at: number) =>
      isExpression(text, at + scheme.length) ||
      isWord(text, at, scheme, credentials) ||
      isPlural(text, at + scheme.length, credentials) ||
      PROSE.test(credentials.slice(0, 40).replace(/(?:%20|\+).*/, '')) ||
      isPlaceholder(credentials)
        ? all
        : scheme + marker('bearer'),
    )
    .replace(BASIC, (all, scheme: string, credentials: string) =>
      isBasic(credentials) ? scheme + marker('basic') : all,
    )
    .replace(DIGEST, (all, scheme: string, parameters: string) =>
      CHALLENGE.test(parameters) ? all : scheme + marker('digest'),
    )
    .replace(AWS, (all, scheme: string, rest: string) =>
      rest.startsWith('[Filtered') ? all : scheme + marker('aws-signature'),
    )
    .replace(TOKEN, (_all, scheme: string) => scheme + marker('token'));
}

/** `the JWT bearer flow`, `is bearer type or not`: a word of a sentence, in which `bearer` is one, too. */
function isWord(text: string, at: number, scheme: string, credentials: string): boolean {
  return (
    scheme.startsWith('bearer ') &&
    /^[a-z]{2,14}[.:]?$/.test(credentials) &&
    /[A-Za-z-] ?$/.test(text.slice(Math.max(0, at - 2), at)) &&
    /^(?:$|[\s.,;:)])/.test(text.slice(at + scheme.length + credentials.length))
  );
}

/** `Bearer shares are not accepted`: a plural and its verb; a token takes `is`. */
function isPlural(text: string, at: number, credentials: string): boolean {
  const end = at + credentials.length;
  return /^[a-z]{3,12}s$/.test(credentials) && /^ (?:are|were|have) [a-z]/.test(text.slice(end, end + 8));
}

/** `${token}` and nothing more. */
function isExpression(text: string, at: number): boolean {
  const end = endOfExpression(text, at);
  return end !== -1 && !/[\w.-]/.test(text.charAt(end));
}

function isBasic(credentials: string): boolean {
  const decoded = Buffer.from(credentials.slice(0, 400), 'base64').toString('latin1');
  return decoded.includes(':') || (credentials.length >= 12 && /\d/.test(credentials) && /[A-Z]/.test(credentials));
}
