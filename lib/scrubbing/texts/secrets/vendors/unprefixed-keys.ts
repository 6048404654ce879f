import type { VendorKey } from './vendor-key.js';

/** With the words of which one is in every such key, separated by spaces: most texts contain none of them. */
export type UnprefixedKey = readonly [...VendorKey, contains: string];

/** Keys without a fixed beginning. */
export const UNPREFIXED_KEYS: readonly UnprefixedKey[] = [
  ['mailchimp', '[0-9a-f]{32}-us\\d{1,2}(?!\\w)', '{h32}-us12', 'gitleaks', '-us'],
  ['hashicorp', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{60,70}', '{x14}.atlasv1.{w66}', 'gitleaks', '.atlasv1.'],
  ['facebook', '\\d{15,16}\\|[\\w-]{27,40}', '{d15}|{w27}', 'gitleaks', '|'],
  ['telegram', '\\d{8,10}:AA[A-Za-z0-9_-]{32,35}(?![\\w-])', '{d10}:AA{w33}', 'gitleaks', ':AA'],
  ['maxmind', '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk', '{x6}_{x29}_mmk', 'gitleaks', '_mmk'],
  ['microsoft', '[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}', '{x3}8Q~{x31}', 'gitleaks', 'Q~'],
  ['openshift', 'sha256~[\\w-]{43}', 'sha256~{w43}', 'gitleaks', 'sha256~'],
  ['terraform', 'tfe[A-Za-z0-9]{11}\\.atlasv1\\.[\\w=-]{60,70}', 'tfe{x11}.atlasv1.{w65}', 'gitleaks', '.atlasv1.'],
  ['azure-devops', '[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])', '{x76}AZDO{x4}', 'learn.microsoft.com', 'AZDO'],
  [
    'azure-key',
    '[A-Za-z0-9+/]{76}(?:\\+ASt|ACDb|APIM|\\+ABa|\\+AMl)[A-Za-z0-9+/]{5}={0,2}',
    '{x76}+ASt{x5}==',
    'microsoft/security-utilities',
    '+ASt ACDb APIM +ABa +AMl',
  ],
  [
    'azure-key',
    '[A-Za-z0-9+/]{33}(?:\\+ASb|\\+AEh|\\+ARm|AIoT|AzCa)[A-Za-z0-9+/]{5}=?',
    '{x33}+ASb{x5}=',
    'microsoft/security-utilities',
    '+ASb +AEh +ARm AIoT AzCa',
  ],
  [
    'azure-key',
    '[A-Za-z0-9+/_-]{42,44}(?:AzSe|AzFu|\\+ACR)[A-Za-z0-9+/_-]{5,6}(?:==)?(?![A-Za-z0-9])',
    '{x44}AzFu{x5}==',
    'microsoft/security-utilities',
    'AzSe AzFu +ACR',
  ],
  [
    'azure-key',
    '[A-Za-z0-9]{52}JQQJ9[A-Za-z0-9]{27}(?![A-Za-z0-9])',
    '{x52}JQQJ99{x26}',
    'microsoft/security-utilities',
    'JQQJ9',
  ],
  ['mailgun', '[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![\\w-])', '{h32}-{h8}-{h8}', 'documentation.mailgun.com', '-'],
  ['newrelic', '(?:[a-z]{2}\\d\\dxx)?[0-9a-fA-F]{34,40}NRAL(?!\\w)', 'eu01xx{h34}NRAL', 'docs.newrelic.com', 'NRAL'],
  ['twilio', 'AC[0-9a-f]{32}:[0-9a-f]{32}(?!\\w)', 'AC{h32}:{h32}', 'twilio.com/docs', 'AC'],
  ['deepl', '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:fx(?!\\w)', '{uuid}:fx', 'developers.deepl.com', ':fx'],
  ['zhipu', '[0-9a-f]{32}\\.[A-Za-z0-9]{16}(?![\\w.])', '{h32}.{x16}', 'open.bigmodel.cn', '.'],
  [
    'rapidapi',
    '[a-z0-9]{10}msh[a-z0-9]{15}p1[a-z0-9]{5,6}jsn[a-z0-9]{12}(?!\\w)',
    '{a10}msh{a15}p1{a6}jsn{a12}',
    'rapidapi.com',
    'jsn',
  ],
  ['meta-llm', 'LLM\\|\\d{10,20}\\|[\\w-]{20,60}', 'LLM|{d16}|{x27}', 'llama.developer.meta.com', 'LLM|'],
  [
    'iron-session',
    'Fe26\\.2\\*{1,2}[\\w-]{0,80}\\*[\\w*-]{40,4000}',
    'Fe26.2**{h64}*{w22}*{w64}**{h64}*{w43}',
    'hapi.dev/module/iron',
    'Fe26',
  ],
  ['firebase', 'AAAA[\\w-]{7}:[\\w-]{120,180}', 'AAAA{w7}:{w140}', 'firebase.google.com', 'AAAA'],
  ['astra', 'AstraCS:[A-Za-z0-9]{20,40}:[0-9a-f]{64}', 'AstraCS:{x24}:{h64}', 'docs.datastax.com', 'AstraCS'],
  ['biscuit', 'biscuit:[\\w-]{40,}={0,2}', 'biscuit:{w80}', 'biscuitsec.org', 'biscuit:'],
  [
    'notion',
    'v0[23](?:%3A|:)[a-z_]{4,30}(?:%3A|:)[\\w-]{40,}',
    'v02%3Auser_token_or_cookies%3A{w60}',
    'notion.so',
    'v0',
  ],
  ['nats', 'S[UANOCX][A-Z2-7]{56}(?![A-Z2-7])', 'SU{A56}', 'nats-io/nkeys', 'SU SA SN SO SC SX'],
  ['ably', '[\\w-]{6}\\.[\\w-]{6}:[\\w-]{43}(?![\\w-])', '{x6}.{x6}:{w43}', 'ably.com', ':'],
];
