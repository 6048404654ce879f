/**
 * Patterns of keys that are not recognizable by themselves. Like gitleaks, we accept them as keys next to the vendor's
 * name, unless other words say what the value is (`algolia`, `ALGOLIA_ADMIN`, but not `algoliaIndexHash`).
 */
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const FORMS: Readonly<Record<string, string>> = {
  adafruit: '[\\w-]{32}',
  adobe: '[a-f0-9]{32}',
  agora: '[a-f0-9]{32}',
  airtable: '[a-z0-9]{17}',
  algolia: '[a-z0-9]{32}',
  alibaba: '[a-z0-9]{30}',
  artifactory: '[a-z0-9]{64}|[a-z0-9]{73}',
  asana: '[a-z0-9]{32}',
  atlassian: '[a-z0-9]{20}[a-f0-9]{4}',
  beamer: 'b_[\\w=-]{44}',
  bintray: '[a-z0-9]{64}|[a-z0-9]{73}',
  bitbucket: '[a-z0-9]{32}|[\\w=-]{64}',
  bittrex: '[a-z0-9]{32}',
  cloudflare: '[\\w-]{40}|[a-f0-9]{37}',
  codecov: '[a-z0-9]{32}',
  cohere: '[a-z0-9]{40}',
  coinbase: '[\\w-]{64}',
  confluence: '[a-z0-9]{20}[a-f0-9]{4}',
  confluent: '[a-z0-9]{16}|[a-z0-9]{64}',
  contentful: '[\\w=-]{43}',
  datadog: '[a-z0-9]{40}',
  discord: '[a-f0-9]{64}|[\\w=-]{32}',
  droneci: '[a-z0-9]{32}',
  dropbox: '[a-z0-9]{15}|[\\w=-]{64}',
  etsy: '[a-z0-9]{24}',
  facebook: '[a-f0-9]{32}',
  fastly: '[\\w=-]{32}',
  finicity: '[a-f0-9]{32}|[a-z0-9]{20}',
  finnhub: '[a-z0-9]{20}',
  flickr: '[a-z0-9]{32}',
  freshbooks: '[a-z0-9]{64}',
  gitter: '[\\w-]{40}',
  heroku: UUID,
  hubspot: UUID,
  intercom: '[\\w=-]{60}',
  jfrog: '[a-z0-9]{64}|[a-z0-9]{73}',
  jira: '[a-z0-9]{20}[a-f0-9]{4}',
  kraken: '[\\w/=+-]{80,90}',
  kucoin: `[a-f0-9]{24}|${UUID}`,
  launchdarkly: '[\\w=-]{40}',
  linear: '[a-f0-9]{32}',
  linkedin: '[a-z0-9]{14}|[a-z0-9]{16}',
  looker: '[a-z0-9]{20}|[a-z0-9]{24}',
  mailgun: '[a-h0-9]{32}-[a-h0-9]{8}-[a-h0-9]{8}',
  mattermost: '[a-z0-9]{26}',
  meraki: '[a-f0-9]{40}',
  messagebird: `[a-z0-9]{25}|${UUID}`,
  netlify: '[\\w=-]{40,46}',
  newrelic: '[a-z0-9]{64}',
  nytimes: '[\\w=-]{32}',
  okta: '00[\\w=-]{40}',
  // of hashes, and a spice
  pepper: '(?=[^\\d]{0,200}\\d)(?=[^a-z]{0,200}[a-z])[^\\s,;]{8,200}',
  plaid: '[a-z0-9]{24}|[a-z0-9]{30}',
  privateai: '[a-z0-9]{32}',
  rapidapi: '[\\w-]{50}',
  sendbird: `[a-f0-9]{40}|${UUID}`,
  sentry: '[a-f0-9]{64}',
  snyk: UUID,
  sonar: '[\\w=-]{40}',
  sourcegraph: '[a-f0-9]{40}',
  squarespace: UUID,
  sumo: 'su[a-z0-9]{12}|[a-z0-9]{64}',
  sumologic: 'su[a-z0-9]{12}|[a-z0-9]{64}',
  telegram: '\\d{5,16}:A[\\w-]{34}',
  travis: '[a-z0-9]{22}',
  twitch: '[a-z0-9]{30}',
  twitter: '[a-z0-9]{25}|[a-z0-9]{45}|[a-z0-9]{50}|\\d{15,25}-[a-z0-9]{20,40}|A{22}[a-z0-9%]{80,100}',
  yandex: 'YC[\\w-]{38}',
  zendesk: '[a-z0-9]{40}',
};

const FORM_OF: ReadonlyMap<string, RegExp> = new Map(
  Object.entries(FORMS).map(([vendor, form]) => [vendor, new RegExp(`^(?:${form})$`, 'i')]),
);

/** Words that may accompany the vendor's name; any other means that the value is something else: an event, a commit. */
const NEUTRAL_WORDS = new Set(
  (
    'access account admin api app application bot certificate cli client cloud config connection consumer credential credentials default dev id identity ' +
    'integration key legacy live login my new oauth old org personal pat prod production read sandbox sdk search secret ' +
    'service staging str string sudo test token user value var write the'
  ).split(' '),
);

/** Matches the keys of the vendor that the words name; undefined if they name none, or something else of theirs. */
export function vendorForm(words: readonly string[]): RegExp | undefined {
  let form: RegExp | undefined;
  for (const word of words) {
    const own = FORM_OF.get(word);
    if (own) form ??= own;
    else if (!NEUTRAL_WORDS.has(word)) return undefined;
  }
  return form && !(words.includes('user') && words.includes('id')) ? form : undefined;
}

/** Names that are ordinary words or leave open what they mean, and whose values are secrets where they look random. */

/** At least six characters with a letter and a digit: a boarding pass or the pass of a renderer is a word or a number. */
const MIXED = /^(?=[^\d]{0,200}\d)(?=[^A-Za-z]{0,200}[A-Za-z])[^\s:/]{6,400}$/;
/** Long, with letters of both cases and digits; not the path or the name of an entry, as of a cache. */
const RANDOM = /^(?=[^\d]{0,200}\d)(?=[^a-z]{0,200}[a-z])(?=[^A-Z]{0,200}[A-Z])[\w+=~!@#$%^&*-]{12,400}$/;

/** Last words of several: `nas_pass`, `HASHIDS_SALT`, `STRIPE_SK`. */
const PASSES: ReadonlySet<string> = new Set(['pass', 'pw', 'salt', 'sk']);
/** `key` in other languages: also that of a table or of an entry. German and Dutch join it to the word before. */
const FOREIGN_KEY =
  /(?:schlussel|schluessel|sleutel|nyckel|nokkel|nogle)$|^(?:avain|klucz|kulcs|anahtar|anahtari|llave|clave|chave|chiave|cle|kunci|kljuc|klic|ключ|clau)$/;
/** Whose `key` may be one that opens something. */
const OWNERS: ReadonlySet<string> = new Set(
  (
    'gateway partner merchant storefront maps map data kms node device machine agent bot hub relay broker stream push notification sms mail smtp payment pay payments ' +
    'billing checkout project team org organization workspace site company vendor provider upstream backend internal external network cluster worker job runner cron ' +
    'crm erp cms cdn dns ai llm model search analytics tracking telemetry metrics logging monitoring plugin module extension host user tenant customer backup restore rescue thing redis nonce db database spend signer view validation serial function instrumentation publish send sdk broadcast'
  ).split(' '),
);

/** Whose `key` names an entry: of a cache, a table, a bucket or a list, also where it is a hash. */
const NAMING: ReadonlySet<string> = new Set(
  (
    'cache cached memo primary foreign partition sort range hash object file image row column table index unique composite natural surrogate public pub idempotency idempotent ' +
    'dedupe deduplication dedup lock mutex semaphore job queue task routing message msg group translation i18n locale storage query react list item map meta tag label prop ' +
    'field state entity record document doc blob asset media video audio photo avatar content page component node tree parent child metric search bucket s3 r2 gcs upload attachment aggregate ' +
    'shard clustering lookup join business feature flag config setting option param params parameter request response trace span correlation session rate limit throttle ' +
    'fingerprint etag chunk module package commit build version snapshot backup merkle root block tx transaction store member sorted set stream topic batch sequence dictionary dict json yaml object path route url'
  ).split(' '),
);
/** As long as a key, and as random: hexadecimal digits, or letters of both cases and digits. */
const OPAQUE =
  /^(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{48}|[\da-f]{64}|(?=(?:[^\d]{0,200}\d){3})(?=[^a-z]{0,200}[a-z])(?=[^A-Z]{0,200}[A-Z])[\w+=-]{20,400}|(?=(?:[^\d]{0,200}\d){4})(?=[^A-Za-z]{0,200}[A-Za-z])(?:[a-z\d]{28,80}|[A-Z\d]{28,80}))$/;

const RANDOM_OR_OPAQUE = new RegExp(`${RANDOM.source}|${OPAQUE.source}`);

/** Whose ticket opens something; that of a help desk has a number. */
const TICKET_OWNERS: ReadonlySet<string> = new Set(
  'service session auth login sso cas kerberos proxy granting'.split(' '),
);

/** The protocols that a browser offers for a socket, the only header in which it can send a token. */
const PROTOCOLS =
  /(?:bearer|token|auth\w{0,12}|jwt)[.,][\s,.]{0,4}\S{6,}|(?=[^\s,]{0,400}\d)(?=[^\s,]{0,400}[A-Z])[\w.~+/=-]{20,}/;

/** The numbers by which banks confirm a transfer, and those of a registration: `iTan`, `registrationCode`; not a tangent. */
const TANS: ReadonlySet<string> = new Set('tan itan mtan smstan pushtan phototan chiptan'.split(' '));
const NUMBERED = /^(?:\d{4,7}|(?=[^\d]{0,200}\d)(?=[^A-Za-z]{0,200}[A-Za-z])[^\s:/]{6,400})$/;

/** What a secret under this name looks like; undefined if the name says nothing of the kind. */
export function randomForm(words: readonly string[]): RegExp | undefined {
  const last = words[words.length - 1] ?? '';
  if (last === 'protocol' && words.join(' ') === 'sec websocket protocol') return PROTOCOLS;
  if (words.length > 1 && PASSES.has(last)) return MIXED;
  if (TANS.has(last) || (last === 'code' && words[words.length - 2] === 'registration')) return NUMBERED;
  if (words.length > 1 && last === 'key' && OWNERS.has(words[words.length - 2] ?? '')) return RANDOM_OR_OPAQUE;
  if (words.length > 1 && last === 'key' && !words.some((word) => NAMING.has(word))) return OPAQUE;
  if (words.length > 1 && last === 'ticket' && TICKET_OWNERS.has(words[words.length - 2] ?? '')) return RANDOM;
  return words.some((word) => FOREIGN_KEY.test(word)) ? RANDOM : undefined;
}
