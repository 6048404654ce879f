/** A collection that lives as long as the process, a client or an execution: what its keys are, and what bounds it. */
export type Collection = readonly [place: string, keys: string, bound: string];

export const COLLECTIONS: readonly Collection[] = [
  // of the process
  ['capture/check-ins.ts running', 'runs of monitored jobs', '1,000'],
  ['capture/http-failure.ts pending', 'responses', 'each is judged within five seconds'],
  ['client/sdk-integrations.ts alreadySetUp', 'names of integrations', 'two names'],
  ['client/start-warnings.ts given', 'codes', 'the code of this package'],
  ['context/applications.ts all', 'applications', 'removed when closed'],
  ['delivery/warn-once.ts warned', 'codes', 'the code of this package'],
  ['domains/domain-registry.ts rules', 'domains', 'the code of the application'],
  ['hooks/missing-hooks.ts warned', 'names of hooks', 'the code of this package'],
  ['hooks/patch-method.ts patches', 'classes of Nest', 'the code of this package'],
  ['hooks/patch-method.ts unreached', 'names of hooks', 'the code of this package'],
  ['integrations/microservices/in-process-messages.ts calls', 'ids of packets', '10,000 calls without an answer'],
  [
    'integrations/bullmq/queue-processors.ts applications',
    'applications',
    'references that are removed once collected',
  ],
  ['module/log-once.ts logged', 'texts', 'the options of the application'],
  ['capture/error-links.ts NONE', 'none', 'nothing is added'],
  // of a client
  ['client/context-lines-cache.ts cache', 'places in the code', '2,000'],
  ['sampling/name-budgets.ts cache', 'names of executions', '1,000 of 256 characters'],
  ['client/in-flight-events.ts events', 'hints', 'the buffer of the SDK: 10,000 events in preparation'],
  ['client/local-variables-worker.ts fullScopes', 'functions with many variables', '1000 functions'],
  ['client/local-variables-worker.ts foreignScripts', 'scripts of packages and of Node', '100000 scripts'],
  ['delivery/envelope-store.ts inFlight', 'envelopes', '30 requests'],
  ['delivery/flushes.ts flushes', 'calls of flush', 'each has a timeout'],
  ['delivery/flushes.ts unsettled', 'envelopes', 'maxEvents'],
  ['delivery/outbox.ts onShut', 'functions', 'one for each transport'],
  ['delivery/priority-queue.ts list', 'envelopes', 'maxEvents'],
  ['delivery/rate-limits.ts categories', 'names that a receiver sends', '100'],
  ['delivery/retry-backoff.ts due', 'envelopes', 'maxEvents'],
  ['delivery/spool/segment-set.ts all', 'files', 'maxBytes'],
  ['delivery/spool/segment-set.ts current', 'categories', 'fourteen'],
  ['delivery/spool/segment-set.ts lost', 'files', 'forgotten at the next heartbeat'],
  ['sampling/group-budgets.ts buckets', 'groups', 'throttle.maxGroups'],
  ['sampling/distinct-counter.ts hashes', 'users and routes', '1,000 hashes for each group and window'],
  // of an execution
  ['capture/dedupe.ts values', 'thrown values', '1,000'],
  ['capture/judged-failures.ts values', 'thrown values', '1,000'],
  ['context/execution.ts values', 'thrown values', '1,000'],
  // of one trace, application or run
  ['capture/lifecycle-failure.ts values', 'errors of a start or a stop', 'one start or stop'],
  ['client/deferred-sampling.ts endedSpans', 'spans', 'one request, until its operation is known'],
  ['integrations/schedule/cron-monitor.ts warned', 'texts', 'the times that the application gives one job'],
  ['integrations/schedule/monitor-slugs.ts jobs', 'slugs', 'the code of the application, and 100 dynamic jobs'],
  ['context/critical-routes.ts registered', 'routes', 'the code of the application'],
  ['context/critical-routes.ts routes', 'routes', 'the code of the application'],
  ['context/graphql-operations.ts critical', 'fields', 'the code of the application'],
  ['context/graphql-operations.ts paths', 'paths of GraphQL', 'the code of the application'],
  // of one call
  ['bounds/bounded-copy.ts ancestors', 'objects around the one that is copied', 'the depth'],
  ['bounds/snapshot.ts ancestors', 'objects around the one that is copied', 'the depth'],
  ['domains/card-data.ts ancestors', 'objects around the one that is read', 'the depth'],
  // of the inbox, which is a program of its own
  ['inbox/body-memory.ts bodies', 'requests that are being read', 'removed when they end; 64 MB and 30 seconds'],
  ['inbox/item-file.ts waiting', 'items', 'one write'],
  ['inbox/item-store.ts items', 'items', 'a number and a size'],
  ['inbox/live-stream.ts readers', 'open pages', 'removed when closed'],
];
