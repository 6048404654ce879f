/** Limits of Relay for the items of one type in an envelope. */
export interface SizeLimit {
  /** Types that share the limit, as an envelope may have one event or one transaction. */
  group: string;
  bytes: number;
  count: number;
}

const KB = 1024;
const MB = 1024 * KB;

/** The defaults of Relay, which sentry.io uses: https://github.com/getsentry/relay, `Limits` in `relay-config`. */
const EVENT: SizeLimit = { group: 'event', bytes: MB, count: 1 };
const ATTACHMENT: SizeLimit = { group: 'attachment', bytes: 200 * MB, count: 30 };
const SESSION: SizeLimit = { group: 'session', bytes: 10 * MB, count: 100 };
const PROFILE: SizeLimit = { group: 'profile', bytes: 50 * MB, count: 1 };
const OF_TYPE: Readonly<Record<string, SizeLimit>> = {
  event: EVENT,
  transaction: EVENT,
  feedback: EVENT,
  security: EVENT,
  raw_security: EVENT,
  replay_event: EVENT,
  attachment: ATTACHMENT,
  user_report: ATTACHMENT,
  replay_recording: { group: 'replay_recording', bytes: 10 * MB, count: 1 },
  session: SESSION,
  sessions: SESSION,
  client_report: { group: 'client_report', bytes: 100 * KB, count: 100 },
  profile: PROFILE,
  profile_chunk: PROFILE,
  check_in: { group: 'check_in', bytes: 100 * KB, count: 1 },
  statsd: { group: 'statsd', bytes: MB, count: 1 },
  log: { group: 'log', bytes: 12 * MB, count: 1 },
  trace_metric: { group: 'trace_metric', bytes: 12 * MB, count: 1 },
  span: { group: 'span', bytes: 12 * MB, count: 1 },
};
/** Spans that are not in a container: one per item. */
const SINGLE_SPAN: SizeLimit = { group: 'span', bytes: 10 * MB, count: 25 };

/** @returns undefined for types that Relay does not know */
export function sizeLimitOf(type: string, isContainer: boolean): SizeLimit | undefined {
  if (type === 'span' && !isContainer) return SINGLE_SPAN;
  return Object.hasOwn(OF_TYPE, type) ? OF_TYPE[type] : undefined;
}

/** Types whose items come in a container, with their number in its header. */
export const CONTAINERS = new Set(['log', 'trace_metric', 'span']);
