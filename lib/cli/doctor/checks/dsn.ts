import { isInboxDsn } from '../../../options/dsn.js';
import { isDeployed, type Check } from '../examination.js';

const FIX = 'Set SENTRY_DSN to the DSN of your project (in Sentry: Settings, Projects, Client Keys).';

/** `dsn-missing`, `sentry-disabled`: nothing is sent. */
export const dsnIsThere: Check = {
  topic: 'connectivity',
  run: ({ options }) => {
    if (!options) return [];
    const { enabled, dsn, environment } = options;
    if (!enabled) {
      return [
        {
          id: 'sentry-disabled',
          severity: isDeployed(options) ? 'warning' : 'info',
          what: `Sentry is not enabled in the environment '${environment}'.`,
          why: 'No error is reported.',
          fix: 'Remove SENTRY_ENABLED=false or enabled: false, unless this is intended.',
        },
      ];
    }
    if (dsn !== undefined && dsn !== '' && !(isDeployed(options) && isInboxDsn(dsn))) return [];
    return [
      {
        id: 'dsn-missing',
        severity: isDeployed(options) ? 'error' : 'warning',
        what: dsn
          ? `In the environment '${environment}', events go to an inbox on this machine.`
          : `There is no DSN in the environment '${environment}'.`,
        why: dsn ? 'Nobody sees them there.' : 'Nothing is sent.',
        fix: `${FIX} If it stands in a .env file, load that before Sentry starts: node --env-file=.env`,
      },
    ];
  },
};
