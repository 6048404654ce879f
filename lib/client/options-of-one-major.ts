import { SDK_VERSION, type NodeOptions } from '@sentry/nestjs';
import { ConfigurationError } from '../options/configuration-error.js';

/** An option that only one major version of the SDK has; the other ignores it. */
interface OneMajor {
  readonly major: 10 | 11;
  /** What has the same effect in the other version. */
  readonly fix: string;
  /** The value that asks for what the other version does anyhow. */
  readonly implied?: unknown;
}

const OPTIONS: Readonly<Record<string, OneMajor>> = {
  skipOpenTelemetrySetup: { major: 10, implied: true, fix: 'use sdk.enableOpenTelemetrySetup' },
  openTelemetrySpanProcessors: { major: 10, fix: 'add the processors to a tracer provider of your own' },
  openTelemetryInstrumentations: {
    major: 10,
    fix: 'register the instrumentations with @opentelemetry/instrumentation',
  },
  openTelemetryBasicTracerProvider: { major: 10, fix: 'use sdk.enableOpenTelemetrySetup' },
  registerEsmLoaderHooks: { major: 10, implied: true, fix: 'use sdk.enableRuntimeChannelInjection' },
  profilesSampler: { major: 10, fix: 'use sdk.profileSessionSampleRate' },
  maxSpanWaitDuration: { major: 10, fix: 'remove it, because each span is sent when it ends' },
  disableInstrumentationWarnings: { major: 10, implied: true, fix: 'remove it' },
  streamGenAiSpans: { major: 10, implied: true, fix: 'remove it, because all spans are streamed' },
  enableOpenTelemetrySetup: { major: 11, implied: true, fix: 'use sdk.skipOpenTelemetrySetup' },
  enableRuntimeChannelInjection: { major: 11, implied: false, fix: 'remove it' },
};
/** Options inside of other options, in the same way. */
const NESTED: Readonly<Record<string, Readonly<Record<string, OneMajor>>>> = {
  dataCollection: {
    queues: { major: 11, implied: false, fix: 'remove it' },
    mcp: { major: 11, fix: 'use genAI, which decides about them' },
  },
  _experiments: {
    enableLogs: { major: 10, fix: 'use sdk.enableLogs' },
    enableMetrics: { major: 10, fix: 'use sdk.enableMetrics' },
    beforeSendMetric: { major: 10, fix: 'use sdk.beforeSendMetric' },
  },
};

/**
 * @param prefix - of the path in the error
 * @throws {ConfigurationError} if an option has no effect with this version of the SDK
 */
export function refuseOptionsOfOtherMajor(sdk: NodeOptions, prefix: string, version: string = SDK_VERSION): void {
  const major = Number.parseInt(version, 10);
  refuse(sdk, `${prefix}sdk`, OPTIONS, major);
  for (const [group, options] of Object.entries(NESTED)) {
    const received = (sdk as Record<string, unknown>)[group];
    if (received instanceof Object) refuse(received, `${prefix}sdk.${group}`, options, major);
  }
}

function refuse(values: object, path: string, options: Readonly<Record<string, OneMajor>>, major: number): void {
  for (const [key, received] of Object.entries(values)) {
    const option = Object.hasOwn(options, key) ? options[key] : undefined;
    if (!option || option.major === major || received === undefined || received === option.implied) continue;
    const expected = `no such option: Sentry ${major} ignores it`;
    throw new ConfigurationError({ path: `${path}.${key}`, received, expected, fix: option.fix });
  }
}

/** What Sentry 11 does without being asked, and Sentry 10 has switches for. */
export function withoutLogsAndMetrics(sdk: NodeOptions): Partial<NodeOptions> {
  return {
    ...(sdk.enableLogs === false && { beforeSendLog: () => null }),
    ...(sdk.enableMetrics === false && { beforeSendMetric: () => null }),
  };
}
