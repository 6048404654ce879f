import { FILTERED } from '../../markers/marker.js';

/** Names that are secrets in an address or a form only: anywhere else they are words like any other. */
const SIGNATURE = /([?&](?:signature|sign|hmac|token_hash|ticket|samlart)=)([^&#\s"'<>\\]{16,2000})/gi;
const CODE = /((?:^|[?&\s"'])code=)([^&#\s"'<>\\]{8,2000})/gi;
/** What stands beside the code of an authorization, not beside any other. */
const AUTHORIZING = /(?:^|[?&\s"'])(?:state|grant_type|code_verifier|session_state|iss|scope)=/i;

/** `?code=…&state=…` of OAuth, `&Signature=…` of signed addresses. */
export function scrubUrlParameters(text: string): string {
  const clean = text.includes('=') ? text.replace(SIGNATURE, replaced) : text;
  return clean.includes('code=') && AUTHORIZING.test(clean) ? clean.replace(CODE, replaced) : clean;
}

function replaced(all: string, head: string, value: string): string {
  return value.startsWith('[Filtered') ? all : head + FILTERED;
}
