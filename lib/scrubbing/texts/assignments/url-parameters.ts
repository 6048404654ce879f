import { FILTERED } from '../../markers/marker.js';

/** Names of secrets in URLs and forms only: they are ordinary words anywhere else. */
const SIGNATURE =
  /([?&](?:signature|sign|hmac|token_hash|ticket|samlart|oobcode|invite_?code|invitation_?code|confirmation_?code|confirm_?code|activation_?(?:code|key)|verify_?code|reset_?(?:code|key|hash)|magic|otl|ott|hash_?key|key_?hash|confirmation_?hash|verification_?hash|login_?key|login_?hash|user_?hash|sesskey|lt|st|wresult|proof|nonce_?key|download_?key|share_?key|link_?key|access_?code|exchange_?code|login_?ticket)=)([^&#\s"'<>\\]{16,})/gi;
/** The key of an API: random. The name of an entry or of a file, a UUID and a ULID are none. */
const KEY =
  /((?:^|[?&])(?:key|appid|app_key|k|subscription|license|licence)=)(?!\[Filtered)((?=[\w-]{0,100}\d)(?=[\w-]{0,100}[a-z])(?=[\w-]{0,100}[A-Z])(?:[A-Za-z\d]{20,100}|(?=[^_-]{0,100}[_-]?[^_-]{12})(?!-)[\w-]{32,100})|[\da-f]{32}|[\da-f]{40}|[\da-f]{64})(?=$|[&#\s"'<>\\])/g;
const CODE = /((?:^|[?&\s"'])code=)([^&#\s"'<>\\]{8,})/gi;
/** Parameters that accompany an authorization code, and the paths of links for one person; no other `code`. */
const AUTHORIZING =
  /(?:^|[?&\s"'])(?:state|grant_type|code_verifier|session_state|iss|scope)=|\/(?:magic|one-time|passwordless|verif|confirm|activat|reset)[\w/-]{0,60}\?|\/(?:[\w-]{0,20}callback|cb|oauth2?(?:\/\w{1,20})?)\?/i;

/** `?code=…&state=…` of OAuth, `&Signature=…` of signed URLs. */
export function scrubUrlParameters(text: string): string {
  const clean =
    text.includes('=') && (text.includes('?') || text.includes('&'))
      ? text.replace(SIGNATURE, replaced).replace(KEY, replaced)
      : text;
  return clean.includes('code=') && AUTHORIZING.test(clean) ? clean.replace(CODE, replaced) : clean;
}

function replaced(all: string, head: string, value: string): string {
  return value.startsWith('[Filtered') ? all : head + FILTERED;
}
