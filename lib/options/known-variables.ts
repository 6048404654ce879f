import { isNear } from './schema.js';

/** What this library reads: here by name, because modules above this one read some of them. */
export const OWN_VARIABLES = [
  'SENTRY_ALERT_EMAIL_RECIPIENTS',
  'SENTRY_ALERT_WEBHOOK_SECRET',
  'SENTRY_ALERT_WEBHOOK_URL',
  'SENTRY_ATTACH_STACKTRACE',
  'SENTRY_CRITICAL_ERROR_THRESHOLD',
  'SENTRY_DEBUG',
  'SENTRY_DSN',
  'SENTRY_EMAIL_ALERTS_ENABLED',
  'SENTRY_ENABLED',
  'SENTRY_ENVIRONMENT',
  'SENTRY_ERROR_RATE_THRESHOLD',
  'SENTRY_ERROR_SAMPLE_RATE',
  'SENTRY_INCLUDE_LOCAL_VARIABLES',
  'SENTRY_MAX_BREADCRUMBS',
  'SENTRY_PAGERDUTY_ALERTS_ENABLED',
  'SENTRY_PAGERDUTY_ROUTING_KEY',
  'SENTRY_PROFILES_SAMPLE_RATE',
  'SENTRY_RELEASE',
  'SENTRY_SAMPLE_RATE',
  'SENTRY_SEND_DEFAULT_PII',
  'SENTRY_SERVER_NAME',
  'SENTRY_SHUTDOWN_TIMEOUT',
  'SENTRY_SLACK_ALERTS_ENABLED',
  'SENTRY_SLACK_CHANNEL',
  'SENTRY_SLACK_WEBHOOK_URL',
  'SENTRY_SMTP_URL',
  'SENTRY_SPOOL_DIR',
  'SENTRY_THROTTLE',
  'SENTRY_TRACES_SAMPLE_RATE',
  'SENTRY_WEBHOOK_ALERTS_ENABLED',
];

/** What the SDK, `sentry-cli` and the plugins for bundlers read. */
const OTHERS = new Set(
  [
    'ALLOW_FAILURE API_KEY AUTH_TOKEN BAGGAGE CLIENT_ID CLI_VERSION CONFIG_DIR DISABLE_UPDATE_CHECK DOTENV_PATH',
    'ENVIRONMENT_NAME FORCE_ARTIFACT_BUNDLES HOST HTTP_MAX_RETRIES LOAD_DOTENV LOG_LEVEL NAME NO_PROGRESS_BAR ORG ORG_ID',
    'PIPELINE PRELOAD_INTEGRATIONS PROJECT PROJECT_ID PROPERTIES SPOTLIGHT TOKEN TRACE TRACE_LIFECYCLE TUNNEL URL',
    'USE_ENVIRONMENT VCS_REMOTE VERCEL_PROJECT_ID VSC_REMOTE',
  ].flatMap((names) => names.split(' ').map((name) => `SENTRY_${name}`)),
);

/** Names for the same thing that are spelled differently. */
const SYNONYMS: Readonly<Record<string, string | undefined>> = {
  APP_ENV: 'ENVIRONMENT',
  APP_VERSION: 'RELEASE',
  BREADCRUMBS: 'MAX_BREADCRUMBS',
  DISABLE: 'ENABLED',
  DISABLED: 'ENABLED',
  HOSTNAME: 'SERVER_NAME',
  PII: 'SEND_DEFAULT_PII',
  PROFILING_SAMPLE_RATE: 'PROFILES_SAMPLE_RATE',
  PUBLIC_DSN: 'DSN',
  SAMPLING_RATE: 'SAMPLE_RATE',
  STACKTRACE: 'ATTACH_STACKTRACE',
  STAGE: 'ENVIRONMENT',
  THROTTLING: 'THROTTLE',
  TRACING_SAMPLE_RATE: 'TRACES_SAMPLE_RATE',
  VERSION: 'RELEASE',
};

/** A variable that nothing reads, and the one that somebody may have meant. */
export interface UnreadVariable {
  readonly name: string;
  readonly meant: string;
}

/** The `SENTRY_*` variables that are set, that nothing reads, and whose names look like one that is read. */
export function unreadVariables(variables: Readonly<Record<string, string | undefined>>): UnreadVariable[] {
  return Object.keys(variables).flatMap((name) => {
    if (!/^SENTRY_\w/i.test(name) || !variables[name]?.trim() || OWN_VARIABLES.includes(name) || OTHERS.has(name))
      return [];
    const upper = name.toUpperCase();
    const meant =
      OWN_VARIABLES.find((own) => own === upper) ??
      synonymOf(upper) ??
      OWN_VARIABLES.find((own) => isSpelledLike(upper, own)) ??
      OWN_VARIABLES.find((own) => hasWordsOf(upper, own));
    return meant === undefined ? [] : [{ name, meant }];
  });
}

function synonymOf(name: string): string | undefined {
  const own = SYNONYMS[name.slice('SENTRY_'.length)];
  return own && `SENTRY_${own}`;
}

const wordsOf = (name: string) => name.replace(/^SENTRY_/, '').split('_');

function isSpelledLike(name: string, own: string): boolean {
  return isNear(wordsOf(name).join(''), wordsOf(own).join(''));
}

/** `SEND_PII` and `SEND_DEFAULT_PII`; a single word says too little. */
function hasWordsOf(name: string, own: string): boolean {
  const [short = [], long = []] = [wordsOf(name), wordsOf(own)].sort((a, b) => a.length - b.length);
  return short.length > 1 && short.every((word) => long.includes(word));
}
