import { causeOf } from '../../../delivery/failure-causes.js';
import { isInboxDsn } from '../../../options/dsn.js';
import { hostOf, postEnvelope, type Answer } from '../../post-envelope.js';
import type { Check } from '../examination.js';
import type { Finding } from '../finding.js';

/** Sentry corrects the times of events by less than a minute only. Milliseconds. */
const MOST_SKEW = 60_000;

/** `dsn-unreachable`, `dsn-refused`, `clock-skew`: sends an envelope that is no event and appears nowhere. */
export const receiverAccepts: Check = {
  topic: 'connectivity',
  run: async ({ options, quote }) => {
    if (!options?.enabled || !options.dsn) return [];
    const receiver = { ...options, dsn: options.dsn };
    const answer = await postEnvelope(receiver, [
      [{ type: 'client_report' }, { timestamp: Date.now() / 1_000, discarded_events: [] }],
    ]);
    const host = hostOf(receiver);
    const refusal = refusalOf(answer, host, quote);
    if (refusal && isInboxDsn(options.dsn)) refusal.severity = 'info';
    return [...(refusal ? [refusal] : []), ...skewOf(answer, host)];
  },
};

function refusalOf(
  { reason, status, detail }: Answer,
  host: string,
  quote: (text: string) => string,
): Finding | undefined {
  if (reason === undefined) return undefined;
  const { what, check } = causeOf(reason, host);
  const isRefused = status !== undefined && status >= 400 && status < 500 && status !== 407;
  const said = detail && ` It says: ${quote(detail)}`;
  return {
    id: isRefused ? 'dsn-refused' : 'dsn-unreachable',
    severity: status === 429 ? 'warning' : 'error',
    what: isRefused
      ? `${host} has refused a test envelope: ${what} (${reason}).${said}`
      : `${host} cannot be reached: ${what} (${reason}).${said}`,
    why: status === 429 ? 'Events wait, and are dropped if that lasts.' : 'No event of this application arrives.',
    fix: `${check}.`,
  };
}

function skewOf({ skew = 0 }: Answer, host: string): Finding[] {
  if (Math.abs(skew) <= MOST_SKEW) return [];
  const seconds = Math.round(Math.abs(skew) / 1_000);
  return [
    {
      id: 'clock-skew',
      severity: 'warning',
      what: `The clock of this machine is ${seconds} seconds ${skew > 0 ? 'behind' : 'ahead of'} that of ${host}.`,
      why: 'Events get wrong times, and traces of several services do not fit together. Sentry drops what seems too old.',
      fix: 'Synchronize the clock, for example with systemd-timesyncd or chrony.',
    },
  ];
}
