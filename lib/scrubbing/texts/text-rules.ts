import { marker } from '../markers/marker.js';
import type { WorkMeter } from '../limits/work-meter.js';
import type { KeyRules } from '../names/key-rules.js';
import { scrubAssignments } from './assignments/assignments.js';
import { scrubAlignedTables } from './assignments/aligned-tables.js';
import { scrubCommandOptions, scrubListedUsers } from './assignments/command-options.js';
import { scrubConfigurationLines } from './assignments/configuration-lines.js';
import { scrubCredentialPairs } from './assignments/credential-pairs.js';
import { scrubJsonParseErrors } from './assignments/json-parse-errors.js';
import { scrubKubernetesSecrets } from './assignments/kubernetes-secrets.js';
import { scrubMultipart } from './assignments/multipart.js';
import { scrubNamedWords } from './assignments/named-words.js';
import { scrubCookieFiles } from './assignments/cookie-files.js';
import { scrubPrintedTables, scrubRows } from './assignments/printed-tables.js';
import { scrubProseLogins } from './assignments/prose-logins.js';
import { scrubDirectives, scrubProseSecrets } from './assignments/prose-secrets.js';
import { scrubPasswordFiles, scrubProtocolLogins } from './assignments/protocol-logins.js';
import { scrubShortOptions } from './assignments/short-options.js';
import { scrubSqlValues } from './assignments/sql-values.js';
import { scrubSourceLiterals } from './assignments/source-literals.js';
import { scrubUrlParameters } from './assignments/url-parameters.js';
import { scrubEscapedElements, scrubXmlElements } from './assignments/xml-elements.js';
import { scrubBase64Documents } from './encodings/base64.js';
import { scrubBase64Texts } from './encodings/base64-texts.js';
import { scrubPercentEncoded } from './encodings/percent-encoding.js';
import { scrubCards } from './personal-data/card-numbers.js';
import { scrubEmails } from './personal-data/email-addresses.js';
import { scrubAddresses, wholeAddress } from './personal-data/ip-addresses.js';
import { scrubPersonalForms, type PersonalReplacers } from './personal-data/personal-forms.js';
import { scrubIbans, scrubSocialSecurity } from './personal-data/ssn-and-iban.js';
import { ADDRESSES, ASSIGNMENTS, CODE, DOCUMENTS, EMAILS, NUMBERS, SECRETS, WHOLE_ADDRESS } from './rule-kinds.js';
import { scrubAuthSchemes } from './secrets/auth-schemes.js';
import { scrubOneTimeLinks } from './secrets/one-time-links.js';
import { scrubPasswordHashes } from './secrets/password-hashes.js';
import { scrubPemBlocks } from './secrets/pem-blocks.js';
import { scrubProviderKeys } from './secrets/provider-keys.js';
import { scrubUrlCredentials } from './secrets/url-credentials.js';
import { scrubWebKeys } from './secrets/web-keys.js';
import { scrubWebhookSignatures } from './secrets/webhook-signatures.js';
import { scrubCredentialCalls } from './statements/credential-calls.js';
import { scrubUnformatted } from './statements/message-templates.js';
import { scrubPrintedPairs } from './statements/printed-pairs.js';
import { scrubReportedValues } from './statements/reported-values.js';
import { scrubStatedValues } from './statements/stated-values.js';
import { scrubStatementLogs } from './statements/statement-logs.js';
import {
  ADDRESS,
  ANGLE,
  ASSIGN,
  AT,
  BASE64,
  COMMAND,
  DASH,
  DIGITS,
  DOLLAR,
  ENTITY,
  IBAN,
  KEY_PREFIX,
  LONG_TOKEN,
  PAIR,
  PERCENT,
  QUOTE,
  SCHEME,
  SLASH,
  SPACE,
  SSN,
  UNPREFIXED,
  WIDE,
} from './text-features.js';
import { mayHoldWebhook } from './prefilter.js';
import { removeRepeated } from './repeated-values.js';

/** What the rules are configured with. */
export interface TextRules {
  work: WorkMeter;
  keys: KeyRules;
  /** Replaces an e-mail address; undefined keeps them. */
  email: ((address: string) => string) | undefined;
  /** Replaces an IP address; undefined keeps them. */
  ip: ((address: string) => string) | undefined;
  /** The same outside of fields that hold an address: there those of the server itself stay. */
  hostIp: ((address: string) => string) | undefined;
  /** Replaces further kinds of personal data; undefined keeps all of them. */
  personal: PersonalReplacers | undefined;
  patterns: readonly { name: string; pattern: RegExp }[];
}

/** What the rules need to scrub a text inside the text. */
export interface NestedTexts {
  /** Texts inside this text may be decoded: it is not nested too deep itself. */
  readonly mayDecode: boolean;
  readonly scrub: (text: string) => string;
  readonly scrubCookies: (text: string) => string;
}

/**
 * Runs the rules of these kinds that can match a text with these features, in an order that matters. Each is counted with
 * the steps that it takes for a character, measured with texts full of what it looks for.
 */
export function applyRules(
  text: string,
  kinds: number,
  features: number,
  { work, keys, email, ip, hostIp, personal, patterns }: TextRules,
  nested: NestedTexts,
): string {
  let out = text;
  if (kinds & DOCUMENTS && features & KEY_PREFIX && nested.mayDecode)
    out = scrubBase64Documents(work.read(out, 12), nested.scrub, work);
  if (kinds & DOCUMENTS && features & BASE64 && nested.mayDecode)
    out = scrubBase64Texts(work.read(out, 6), nested.scrub, work);
  if (kinds & SECRETS) {
    if (features & (DASH | LONG_TOKEN)) out = scrubPemBlocks(work.read(out, 6));
    if (features & AT && features & SLASH) out = scrubUrlCredentials(work.read(out, 4));
    if (features & (DOLLAR | LONG_TOKEN)) out = scrubPasswordHashes(work.read(out, 4));
  }
  if (kinds & ASSIGNMENTS) {
    const received = out;
    if (features & ASSIGN && features & (UNPREFIXED | BASE64 | SCHEME)) out = scrubWebhookSignatures(work.read(out, 6));
    if (features & PERCENT && nested.mayDecode) out = scrubPercentEncoded(work.read(out, 20), nested.scrub, work);
    if (features & ASSIGN && features & SPACE) out = scrubMultipart(work.read(out, 2), keys, nested.scrub);
    if (features & QUOTE && features & SPACE && !(kinds & CODE)) out = scrubSqlValues(work.read(out, 24), keys);
    if (features & ASSIGN && !(kinds & CODE)) out = scrubUrlParameters(work.read(out, 7));
    if (features & ASSIGN && features & SPACE && !(kinds & CODE)) out = scrubKubernetesSecrets(work.read(out, 2), work);
    if (features & QUOTE && features & ASSIGN && !(kinds & CODE))
      out = scrubPrintedPairs(work.read(out, 5), keys, work);
    if (features & PERCENT && features & SPACE && !(kinds & CODE))
      out = scrubUnformatted(work.read(out, 4), keys, work);
    if (features & (QUOTE | ASSIGN | COMMAND) && features & SPACE && !(kinds & CODE))
      out = scrubReportedValues(scrubStatementLogs(work.read(out, 10), keys, work), keys, work);
    if (features & (QUOTE | ASSIGN | SCHEME | COMMAND) && (features & SPACE || out.includes('(')) && !(kinds & CODE))
      out = scrubStatedValues(work.read(out, 4), keys, work);
    if (features & (QUOTE | ASSIGN) && (!isAddress(features) || out.includes('WIFI:')) && !(kinds & CODE))
      out = scrubCredentialCalls(
        work.read(out, 6),
        keys,
        (features & QUOTE && features & SPACE) !== 0 || (features & (LONG_TOKEN | SLASH)) === LONG_TOKEN,
      );
    if (features & QUOTE && features & SPACE && !(kinds & CODE)) out = scrubDirectives(work.read(out, 6), keys);
    if (features & (COMMAND | ASSIGN | SCHEME) && features & (SPACE | COMMAND) && !(kinds & CODE))
      out = scrubProtocolLogins(work.read(out, 12), keys, work);
    if (features & (SCHEME | COMMAND | AT) && features & SPACE && !(kinds & CODE))
      out = scrubConfigurationLines(work.read(out, 16), keys);
    if (features & COMMAND && features & SPACE && !(kinds & CODE)) out = scrubCookieFiles(work.read(out, 4), keys);
    if (features & (QUOTE | PAIR | SCHEME | COMMAND) && features & SPACE && !(kinds & CODE))
      out = scrubPrintedTables(features & PAIR ? scrubRows(work.read(out, 2), keys) : out, keys, work);
    if (features & DASH && features & SPACE && !(kinds & CODE)) out = scrubAlignedTables(out, keys, work);
    if (features & ASSIGN && !(kinds & CODE)) out = scrubPasswordFiles(work.read(out, 2));
    if (features & AT && features & ASSIGN && !(kinds & CODE)) out = scrubCredentialPairs(work.read(out, 8), work);
    if (features & (SCHEME | COMMAND) && features & (SPACE | WIDE) && !(kinds & CODE))
      out = scrubProseLogins(scrubProseSecrets(work.read(out, 18)), work);
    if (features & QUOTE && features & ASSIGN && kinds & CODE)
      out = scrubSourceLiterals(work.read(out, 4), (literal) =>
        scrubUrlParameters(scrubAssignments(work.read(literal, 13), keys, false, nested.scrubCookies, work)),
      );
    if (features & QUOTE && features & ASSIGN) out = scrubWebKeys(out, work);
    if (features & QUOTE && features & ASSIGN) out = scrubJsonParseErrors(work.read(out, 4), keys);
    if (features & (ASSIGN | PAIR))
      out = scrubAssignments(work.read(out, 6), keys, (kinds & CODE) !== 0, nested.scrubCookies, work);
    if (features & (DASH | COMMAND) && features & SPACE && !(kinds & CODE))
      out = scrubNamedWords(scrubShortOptions(work.read(out, 20)), keys);
    if (features & DASH && features & PAIR && !(kinds & CODE)) out = scrubListedUsers(work.read(out, 2));
    if (features & DASH && features & SPACE) out = scrubCommandOptions(work.read(out, 10), keys, work);
    if (features & ANGLE) out = scrubXmlElements(work.read(out, 14), keys, work);
    if (features & ENTITY && out.includes('&lt;')) out = scrubEscapedElements(work.read(out, 10), keys);
    if (out !== received && !(kinds & CODE)) out = removeRepeated(received, out, work);
  }
  if (kinds & SECRETS) {
    if (features & SCHEME) out = scrubAuthSchemes(work.read(out, 16));
    if (features & (KEY_PREFIX | UNPREFIXED) || mayHoldWebhook(features)) {
      out = scrubProviderKeys(work.read(out, 16), (features & KEY_PREFIX) !== 0, (features & UNPREFIXED) !== 0, work);
    }
    if (mayHoldWebhook(features)) out = scrubOneTimeLinks(work.read(out, 8));
    for (const { name, pattern } of patterns) out = work.read(out, 20).replace(pattern, marker(name));
  }
  if (kinds & NUMBERS) {
    if (features & DIGITS) out = scrubCards(work.read(out, 8), work);
    if (features & SSN) out = scrubSocialSecurity(work.read(out, 3));
    if (features & IBAN) out = scrubIbans(work.read(out, 7));
  }
  if (personal && kinds & NUMBERS) out = scrubPersonalForms(out, personal, work);
  if (email && kinds & EMAILS && features & (AT | ENTITY)) out = scrubEmails(work.read(out, 4), email, work);
  const replace = kinds & WHOLE_ADDRESS ? ip : hostIp;
  if (replace && kinds & ADDRESSES && features & ADDRESS)
    out = scrubAddresses(work.read(out, 12), replace, work, (kinds & WHOLE_ADDRESS) !== 0);
  return ip && kinds & WHOLE_ADDRESS ? wholeAddress(out) : out;
}

/** Slashes, but no spaces and quotes, as in a URL with parameters: a call has one of them. */
function isAddress(features: number): boolean {
  return (features & (QUOTE | SPACE | SLASH)) === SLASH;
}
