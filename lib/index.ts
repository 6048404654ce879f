export { SentryModule } from './sentry.module.js';
export { ErrorTracker } from './tracker/error-tracker.js';
export { Report } from './capture/report.decorator.js';
export { SentryExceptionFilter } from './hooks/sentry-exception.filter.js';
export { SkipTracking, TrackOperation } from './operations/track-operation.js';
export { defineDomain } from './domains/index.js';
export { initSentry } from './init.js';
export { ConfigurationError, type ConfigurationProblem } from './options/configuration-error.js';

export type { SlowReport } from './tracker/error-tracker.js';
export type { AlertStatus, ChannelStatus } from './alerts/alert-status.js';
export type { CaptureContext } from './capture/capture-context.js';
export type {
  AuthData,
  BookingData,
  CommonData,
  DatabaseData,
  Domain,
  DomainData,
  DomainName,
  DomainOptions,
  Domains,
  ExternalApiData,
  IntegrationData,
  NotificationData,
  PaymentData,
  SubscriptionData,
} from './options/domain-options.js';
export type { MetricOptions, TrackerMetrics } from './tracker/metrics.js';
export type { ClientOrigin } from './client/state.js';
export type { PoolStatus } from './context/failed-queries.js';
export type { SentryHealth } from './tracker/health.js';
export type { TunnelStatus } from './tunnel/tunnel-status.js';
export type { TrackerStatus } from './tracker/status.js';
export type { CaptureCounts, HookState } from './stats/stats.js';
export type { CircuitState } from './delivery/circuit.js';
export type { SpoolState } from './delivery/spool/spool.js';
export type { DeliveryCounts } from './delivery/counts.js';
export type { DeliveryStatus } from './delivery/status.js';
export type { SentryModuleAsyncOptions, SentryOptionsFactory } from './module/async-options.js';
export type { OptionsFactory, SentryAsyncOptions } from './partners/async-options.js';
export type * from './options/alert-options.js';
export type { ApplicationValue, RequestLike } from './options/application-value.js';
export type { Duration } from './options/duration.js';
export type {
  GroupedError,
  GroupingOptions,
  GroupingPart,
  GroupingPreset,
  GroupingRule,
} from './options/grouping-options.js';
export type { HealthOptions } from './options/health-options.js';
export type { TunnelOptions, TunnelType, TunnelUserResolver } from './options/tunnel-options.js';
export type { BreadcrumbOptions, InitOptions, SdkOptions, TracingOptions } from './options/init-options.js';
export type { LoggerOptions, LogMethod } from './options/logger-options.js';
export type {
  CaptureOptions,
  ContextOptions,
  IgnoreRule,
  IntegrationSwitches,
  OperationDefaults,
  SentryModuleOptions,
  Tags,
  TagsResolver,
  UserOptions,
  UserResolver,
} from './options/module-options.js';
export type { OperationOptions } from './options/operation-options.js';
export type {
  ErrorRule,
  NamePattern,
  SamplingOptions,
  ThrottleOptions,
  TraceRule,
} from './options/sampling-options.js';
export type { PersonalData, PiiMode, ScrubbingOptions, ScrubbingPattern } from './options/scrubbing-options.js';
export type { StatusKey } from './options/status-key.js';
export type { SpoolOptions } from './options/spool-options.js';
