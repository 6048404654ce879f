/** Specs that start test applications or use the lanes, by path below test/; all others are unit tests. */
module.exports = [
  'bootstrap/',
  'chaos/',
  'delivery/(?!record|sdk-sender|rate-limits|http-sender|envelope-store)',
  'domains/(budgets|domains|other-metrics)\\.spec',
  'graphql/',
  'http/',
  'http-edges/',
  'leaks/',
  'lifecycle/',
  'operations/unhandled-rejection\\.spec',
  'package/',
  'rpc/',
  'sample-app/',
  'two-apps/',
  'volume/',
  'websockets/',
].map((path) => `/test/${path}`);
