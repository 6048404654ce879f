/** Specs that start test applications or use the lanes, by path below test/. */
const applications = [
  'bootstrap/',
  'bundles/',
  'chaos/',
  'client/driver-spans',
  'commands/',
  'delivery/(?!record|sdk-sender|rate-limits|http-sender|envelope-store|mounts)',
  'direct-requests/',
  'domains/(budgets|domains|other-metrics)\\.spec',
  'exits/',
  'graphql/',
  'health/',
  'http/',
  'http-edges/',
  'jobs/',
  'kept/',
  'leaks/',
  'lifecycle/',
  'local-variables/',
  'mixes/',
  'operations/unhandled-rejection\\.spec',
  'package/',
  'partners/missing-partner',
  'rpc/',
  'sample-app/',
  'schedule/(monitors|interrupted|crontab)',
  'testing-module/',
  'tracker/unique-metric\\.spec',
  'two-apps/',
  'volume/',
  'websockets/',
];
/** Specs that start Nest, Sentry, a compiler or a process, or that repeat one property many times. */
const slow = [
  'bounds/(hostile-values|console-arguments)',
  'cli/(main|program)',
  'collections/',
  'domains/types',
  'fuzz/',
  'inbox/(page|real-client|bounded-work)',
  'module/',
  'partners/partner-options',
  'scrubbing/linear-time',
  'tracker/instance-of',
];

/** All specs that are not unit tests. */
module.exports = [...applications, ...slow].map((path) => `/test/${path}`);
