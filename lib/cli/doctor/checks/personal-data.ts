import { isDeployed, type Check } from '../examination.js';

/** `pii-sent`. */
export const personalDataStays: Check = {
  topic: 'security',
  run: ({ options }) => {
    if (!options?.enabled || options.scrubbing === 'on' || !isDeployed(options)) return [];
    const isOff = options.scrubbing === 'off';
    return [
      {
        id: 'pii-sent',
        severity: isOff ? 'error' : 'warning',
        what: isOff ? 'Scrubbing is disabled (scrubbing: false).' : 'E-mail or IP addresses are sent as they are.',
        why: isOff
          ? 'Passwords, tokens and personal data of requests leave the process.'
          : 'They are personal data. Sentry counts affected users by pseudonyms just as well.',
        fix: isOff
          ? 'Remove scrubbing: false; scrubbing.safeKeys keeps single values.'
          : "Remove SENTRY_SEND_DEFAULT_PII=true or scrubbing.pii: 'keep', or set 'pseudonym'.",
      },
    ];
  },
};
