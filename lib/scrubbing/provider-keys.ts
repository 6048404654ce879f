import { marker } from './marker.js';

/** Beginnings of the forms that do not begin with two fixed letters. */
const HEADS: Readonly<Record<string, readonly string[]>> = {
  'aws-key': ['A3', 'AK', 'AS', 'AB', 'AC', 'be'],
  github: ['gh', 'gi'],
  gitlab: ['gl', 'GR', '_g'],
  stripe: ['sk', 'rk', 'wh'],
  mailgun: ['ke', 'pu'],
  notion: ['nt', 'se'],
  sentry: ['sn'],
  discord: ['M', 'N', 'O'],
  vault: ['hv', 's.'],
  lob: ['li', 'te'],
  huggingface: ['hf', 'ap'],
  artifactory: ['AK', 'cm'],
  authress: ['sc', 'ex', 'au'],
  fly: ['fo', 'fm'],
  '1password': ['op', 'A3'],
  intra42: ['s-'],
  cloudflare: ['v1', 'cf'],
  yandex: ['AQ', 't1', 'YC'],
  mapbox: ['sk', 'pk'],
  clickhouse: ['4b'],
};

/**
 * Keys that are recognised by their form alone, each beginning with a literal prefix. Kinds and forms are those that
 * gitleaks knows, and the vendors' own descriptions. Every repetition is bounded or runs to the end of one class of
 * characters, so that the combined expression is linear.
 */
const FORMS: readonly [label: string, form: string][] = [
  ['jwt', 'ey[A-Za-z0-9]{10,}\\.ey[A-Za-z0-9_\\\\/-]{10,}(?:\\.[A-Za-z0-9_\\\\/-]*={0,2})?'],
  ['jwt', 'ZXlK[A-Za-z0-9+/_-]{60,}={0,2}'], // a JWT in base64
  ['jwe', 'ey[A-Za-z0-9]{17,}\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+'],
  ['aws-key', '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])'],
  ['aws-key', 'ABSK[A-Za-z0-9+/]{60,}={0,2}'],
  ['aws-key', 'bedrock-api-key-[A-Za-z0-9+/=]{12,}'],
  ['gcp-key', 'AIza[\\w-]{35}'],
  ['gcp-key', 'ya29\\.[\\w-]{20,}'],
  ['gcp-key', 'GOCSPX-[\\w-]{20,}'],
  ['github', '(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\\w{60,})'],
  ['gitlab', '(?:glpat|gldt|glft|glrt|glptt|glagent|glimt|glsoat|glcbt|glffct|glrtr|gloas)-[\\w.-]{20,}'],
  ['gitlab', 'GR1348941[\\w-]{20,}'],
  ['gitlab', '_gitlab_session=[0-9a-z]{32}'],
  ['slack', 'xox[abeoprs]-(?:\\d-)?(?=[A-Za-z]{0,40}\\d)[A-Za-z0-9]{8,}(?:-[A-Za-z0-9]+){0,8}'],
  ['slack', 'xoxe\\.xox[bp]-[\\w-]{20,}'],
  ['slack', 'xapp-\\d-[A-Za-z0-9-]{10,}'],
  ['stripe', '(?:sk|rk)_(?:live|prod|test)_[A-Za-z0-9]{10,99}'],
  ['stripe', 'whsec_[A-Za-z0-9+/=]{24,}'],
  ['openai', 'sk-(?:proj|svcacct|admin|None)-[\\w-]{20,}'],
  ['openai', 'sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}'],
  ['openai', 'sk-[A-Za-z0-9]{40,64}'],
  ['anthropic', 'sk-ant-[\\w-]{20,}'],
  ['openrouter', 'sk-or-[\\w-]{20,}'],
  ['perplexity', 'pplx-[A-Za-z0-9]{40,}'],
  ['groq', 'gsk_[A-Za-z0-9]{40,}'],
  ['xai', 'xai-[A-Za-z0-9]{60,}'],
  ['replicate', 'r8_[A-Za-z0-9]{37}'],
  ['npm', 'npm_[A-Za-z0-9]{36}'],
  ['pypi', 'pypi-AgE[\\w-]{40,}'],
  ['rubygems', 'rubygems_[a-f0-9]{48}'],
  ['clojars', 'CLOJARS_[A-Za-z0-9]{60}'],
  ['sendgrid', 'SG\\.[\\w=.-]{40,70}'],
  ['sendinblue', 'xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}'],
  ['twilio', 'SK[0-9a-fA-F]{32}(?![0-9a-fA-F])'],
  ['mailgun', '(?:pub)?key-[a-f0-9]{32}(?![a-f0-9])'],
  ['shopify', 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}'],
  ['square', 'sq0(?:atp|csp|idp)-[\\w-]{20,60}'],
  ['square', 'EAAA[\\w-]{50,60}'],
  ['paypal', 'access_token\\$(?:production|sandbox)\\$[0-9a-z]{16}\\$[0-9a-f]{32}'],
  ['facebook', 'EAA[MC][A-Za-z0-9]{100,}'],
  ['digitalocean', 'do[opr]_v1_[a-f0-9]{64}'],
  ['doppler', 'dp\\.(?:pt|st|sa|ct|scim|audit)\\.[A-Za-z0-9._-]{40,}'],
  ['linear', 'lin_(?:api|oauth)_[A-Za-z0-9]{32,}'],
  ['notion', '(?:ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43})'],
  ['planetscale', 'pscale_(?:tkn|pw|oauth)_[\\w=.-]{32,64}'],
  ['postman', 'PMAK-[a-fA-F0-9]{24}-[a-fA-F0-9]{34}'],
  ['pulumi', 'pul-[a-f0-9]{40}'],
  ['prefect', 'pnu_[A-Za-z0-9]{36}'],
  ['readme', 'rdme_[a-z0-9]{70}'],
  ['dynatrace', 'dt0[a-z]\\d{2}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{64}'],
  ['databricks', 'dapi[a-f0-9]{32}(?:-\\d)?'],
  ['grafana', 'gl(?:c|sa)_[A-Za-z0-9+/_=]{32,}'],
  ['grafana', 'eyJrIjoi[A-Za-z0-9]{70,}={0,3}'],
  ['vault', 'hv[sbr]\\.[\\w-]{24,}'],
  ['vault', 's\\.(?=[A-Za-z]{0,23}\\d)[A-Za-z0-9]{24}(?!\\w)'],
  ['clickhouse', '4b1d[A-Za-z0-9]{38}(?!\\w)'],
  ['sourcegraph', 'sgp_(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}'],
  ['lob', '(?:live|test)_(?:pub_)?[a-f0-9]{31,35}(?!\\w)'],
  ['dropbox', 'sl\\.(?:u\\.)?[\\w=-]{130,}'],
  ['huggingface', '(?:hf_|api_org_)(?=[A-Za-z]*\\d|[a-zA-Z]{34}(?!\\w))[A-Za-z0-9]{34,40}(?!\\w)'],
  ['newrelic', 'NRA[AKL]-[A-Za-z0-9]{27,42}'],
  ['newrelic', 'NR(?:AK|JS|II|IQ|BR)-[\\w-]{19,40}'],
  ['sentry', '(?:sntryu_[a-f0-9]{64}|sntrys_[A-Za-z0-9+/_=]{50,})'],
  ['sentry', 'sntry[a-z]_[A-Za-z0-9+/_=]{40,}'],
  ['typeform', 'tfp_[\\w.=-]{59}'],
  ['discord', '[MNO][A-Za-z0-9_-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}'],
  ['duffel', 'duffel_(?:test|live)_[\\w=-]{43}'],
  ['easypost', 'EZ[AT]K[A-Za-z0-9]{54}'],
  ['flutterwave', 'FLW(?:PUBK|SECK)_TEST-[a-hA-H0-9]{12,32}(?:-X)?'],
  ['frameio', 'fio-u-[\\w=-]{64}'],
  ['shippo', 'shippo_(?:live|test)_[a-fA-F0-9]{40}'],
  ['adobe', 'p8e-[A-Za-z0-9]{32}'],
  ['age', 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'],
  ['alibaba', 'LTAI[A-Za-z0-9]{17,21}'],
  ['atlassian', 'ATATT3[A-Za-z0-9_=-]{150,}'],
  ['atlassian', 'ATCTT3[A-Za-z0-9_=-]{100,}'],
  [
    'authress',
    '(?:sc|ext|scauth|authress)_[A-Za-z0-9]{5,30}\\.[A-Za-z0-9]{4,6}\\.(?:acc)[_-][A-Za-z0-9-]{10,32}\\.[A-Za-z0-9+/_=-]{30,120}',
  ],
  ['artifactory', '(?:AKCp[A-Za-z0-9]{69}|cmVmd[A-Za-z0-9]{59})'],
  ['cloudflare', 'v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}'],
  ['cloudflare', 'cf(?:k|ut|at)_[A-Za-z0-9]{40}[a-f0-9]{8}'],
  ['contentful', 'CFPAT-[\\w-]{43}'],
  ['defined', 'dnkey-[a-z0-9=_-]{26}-[a-z0-9=_-]{52}'],
  ['fly', '(?:fo1_[\\w-]{43}|fm[12][ar]?_[A-Za-z0-9+/=]{100,}|fm2_[A-Za-z0-9+/=]{100,})'],
  ['heroku', 'HRKU-[\\w-]{36,}'],
  ['infracost', 'ico-[A-Za-z0-9]{32}'],
  ['intra42', 's-s4t2(?:ud|af)-[a-f0-9]{64}'],
  ['octopus', 'API-[A-Z0-9]{26}(?![A-Z0-9])'],
  [
    '1password',
    '(?:ops_eyJ[A-Za-z0-9+/]{100,}={0,3}|A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5})',
  ],
  ['privateai', 'priv_[a-z0-9]{32}'],
  ['scalingo', 'tk-us-[\\w-]{48}'],
  ['settlemint', 'sm_(?:aat|pat|sat)_[A-Za-z0-9]{16}'],
  ['sonar', 'sq[up]_[a-f0-9]{40}|sqa_[a-f0-9]{40}'],
  ['yandex', '(?:AQVN[\\w-]{35,38}|t1\\.[A-Z0-9a-z_-]+={0,2}\\.[A-Z0-9a-z_-]{86}={0,2}|YC[\\w-]{38})'],
  ['supabase', 'sb(?:p|_secret|_publishable)_[\\w-]{22,}'],
  ['vercel', 'vc[pkira]_[A-Za-z0-9]{24,}'],
  ['render', 'rnd_[A-Za-z0-9]{28,}'],
  ['resend', 're_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}'],
  ['posthog', 'ph[cx]_[A-Za-z0-9]{40,}'],
  ['airtable', 'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}'],
  ['figma', 'fig[dor][a-z]?_[\\w-]{30,}'],
  ['docker', 'dckr_(?:pat|oat)_[\\w-]{20,}'],
  ['mapbox', '[ps]k\\.eyJ[\\w-]{20,}\\.[\\w-]{20,}'],
  ['circleci', 'CCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[a-f0-9]{40}'],
  ['buildkite', 'bk(?:ua|ct|at)_[a-zA-Z0-9]{20,}'],
  ['deepseek', 'sk-[a-f0-9]{32}(?![a-f0-9])'],
  ['langchain', 'lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}'],
  ['pinecone', 'pcsk_[A-Za-z0-9_]{40,}'],
  ['tailscale', 'tskey-[a-z]+-[A-Za-z0-9-]{20,}'],
  ['snyk', 'snyk_[a-z]+_[\\w.-]{30,}'],
  ['plaid', 'access-(?:sandbox|development|production)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'],
  ['ubidots', 'BBFF-[A-Za-z0-9]{30}'],
];

/** Forms that begin with anything; each has a sign that is looked for first. */
const LOOSE: readonly [label: string, form: string][] = [
  ['mailchimp', '[0-9a-f]{32}-us\\d{1,2}(?!\\w)'],
  ['hashicorp', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{60,70}'],
  ['facebook', '\\d{15,16}\\|[\\w-]{27,40}'],
  ['telegram', '\\d{8,10}:AA[A-Za-z0-9_-]{32,35}(?![\\w-])'],
  ['maxmind', '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk'],
  ['microsoft', '[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}'],
  ['openshift', 'sha256~[\\w-]{43}'],
  ['terraform', 'tfe[A-Za-z0-9]{11}\\.atlasv1\\.[\\w=-]{60,70}'],
];

/** The first two letters of every key in {@link FORMS}; one letter where the second may be any. */
export const PREFIXES: readonly string[] = prefixes();

const ANY = combined(FORMS);
const ANY_LOOSE = combined(LOOSE);

function combined(forms: readonly [string, string][]): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])(?:${forms.map(([, form]) => `(${form})`).join('|')})`, 'g');
}

function prefixes(): string[] {
  return FORMS.flatMap(([label, form]) => {
    const literal = /^[\w]{2}/.exec(form)?.[0];
    const heads = HEADS[label] ?? (literal ? [literal] : []);
    if (heads.length === 0) throw new Error(`the form of ${label} has no known beginning`);
    return heads;
  });
}

/** Addresses whose path is the secret; host and beginning stay. */
const WEBHOOKS =
  /(hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/|\.webhook\.office\.com\/webhookb2\/|outlook\.office\.com\/webhook\/|hooks\.zapier\.com\/hooks\/catch\/|api\.telegram\.org\/bot)[\w@.:%/+-]{10,400}/g;

/**
 * Replaces keys of providers by `[Filtered:<provider>]`, JSON Web Tokens among them.
 *
 * @param prefixed - a word in the text begins like a key
 * @param loose - the text has a sign of the keys that begin with anything
 */
export function scrubProviderKeys(text: string, prefixed: boolean, loose: boolean): string {
  let clean = prefixed ? replaceForms(text, ANY, FORMS) : text;
  if (loose) clean = replaceForms(clean, ANY_LOOSE, LOOSE);
  return clean.includes('hook') || clean.includes('/bot')
    ? clean.replace(WEBHOOKS, (_all, head: string) => head + marker('webhook'))
    : clean;
}

function replaceForms(text: string, any: RegExp, forms: readonly [label: string, form: string][]): string {
  return text.replace(any, (...found: unknown[]) => {
    const at = forms.findIndex((_form, index) => found[index + 1] !== undefined);
    return marker(forms[at]?.[0] ?? 'key');
  });
}
