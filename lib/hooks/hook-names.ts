/** The hooks, and what is not reported if one cannot be installed. The keys of `tracker.status().hooks`. */
export const HOOKS = {
  requests: 'isolated scopes for requests that bypass the HTTP server',
  bundles: 'errors in a bundle that contains its own copy of Nest',
  exceptions: 'HTTP errors that a filter of the application answers',
  streams: 'errors of server-sent event streams',
  externalContexts: 'errors of custom transports, and of GraphQL resolvers with filters',
  bootstrap: 'errors that stop the application from starting',
  lifecycle: 'errors in lifecycle hooks',
  interceptors: 'nothing, but each request costs more CPU time',
  commands: 'errors of commands of a command-line program',
  microservices: 'errors of message and event handlers',
  messageTraces: 'traces from one service to the next',
  websockets: 'errors of gateways',
  graphql: 'errors of GraphQL fields',
  schedule: 'errors of scheduled jobs',
  events: 'errors of event handlers',
  cqrs: 'errors of CQRS event handlers and sagas',
  cls: 'tags of nestjs-cls that a guard or an interceptor has set up',
  notifications: 'nothing, but deliveries are missing from the breadcrumbs',
  logger: 'nothing, but log lines are missing from the breadcrumbs',
  bullmq: 'errors of queue processors',
  redis: 'breadcrumbs of Redis, and lost connections to it',
  cache: 'breadcrumbs of the cache',
  httpClient: 'breadcrumbs and context of calls to other services',
  jobTraces: 'traces from the code that adds a job to its processor',
} as const;

export type HookName = keyof typeof HOOKS;
