import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { representative } from '../harness/scale';

const root = join(__dirname, '..', '..');
const strictest: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  types: ['node'],
  typeRoots: [join(root, 'node_modules', '@types')],
};

/** The errors in a project with these files, and in the declarations of this package; not in those of others. */
function errorsIn(lane: string, type: string, sources: Record<string, string>): string[] {
  const folder = mkdtempSync(join(root, '.lanes', lane, 'types-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
    const files = Object.keys(sources).map((name) => join(folder, `${name}.ts`));
    for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, `${name}.ts`), source);
    const program = ts.createProgram(files, strictest);
    const own = program
      .getSourceFiles()
      .filter(({ fileName }) => files.includes(fileName) || fileName.includes('node_modules/nestjs-error-tracker/'));
    expect(own.length).toBeGreaterThan(10);
    return own
      .flatMap((of) => [...program.getSyntacticDiagnostics(of), ...program.getSemanticDiagnostics(of)])
      .map(say);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function say({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `${file?.fileName.split('/').slice(-2).join('/')}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

const head = `
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import type * as api from 'nestjs-error-tracker';
import { ErrorTracker, SentryModule, TrackOperation, defineDomain, initSentry } from 'nestjs-error-tracker';
import type { CaptureContext, InitOptions, SentryModuleOptions, SlowReport, UserResolver } from 'nestjs-error-tracker';
interface Order { id: bigint }
`;

const withoutAnnotations = `${head}
SentryModule.forRoot({
  user: (request) => request.user,
  context: { tags: (request) => ({ tenant: request.headers['x-tenant'], order: request.params.id, ip: request.ip }) },
  capture: { ignore: [(error, host) => error === null && host.getType() === 'http'] },
});
SentryModule.forRoot({ user: (request) => request.user && { id: request.user.sub, role: request.user.role } });
SentryModule.forRoot({ user: { resolve: (request) => request.user } });
SentryModule.forRootAsync({ inject: ['config'], useFactory: (config) => ({ init: { dsn: config.get('SENTRY_DSN') } }) });
initSentry({ grouping: [{ when: (error) => error === 1, by: [(error) => error.code] }] });
defineDomain('shipping', { fingerprint: (error, data) => [String(error), String(data)] });
export class Shop {
  @TrackOperation('shop.pay', { data: (order, user) => ({ id: order.id, user: user.name }), result: (paid) => paid.receipt })
  async pay(order: Order, user: { name: string }) { return { receipt: { order, user } }; }
}
`;

const withAnnotations = `${head}
interface ShopRequest { headers: Record<string, string>; user?: { sub: string; role: string } }
interface NodeRequest { headers: IncomingHttpHeaders; params: unknown; query: unknown; body: unknown; ip: string; user?: { id: bigint } }
interface Message { orderId: string; headers: Map<string, string> }
class Client { readonly handshake = { auth: { userId: 'x' } }; }
export const options: SentryModuleOptions = {
  user: (request: ShopRequest) => request.user && { id: request.user.sub, role: request.user.role },
  context: { tags: (request: ShopRequest) => ({ tenant: request.headers['x-tenant'] }) },
};
export const resolvers: UserResolver[] = [
  (request: NodeRequest) => request.user && { id: String(request.user.id) },
  (message: Message) => ({ id: message.orderId }),
  (either: Message | ShopRequest) => ('orderId' in either ? { id: either.orderId } : null),
  (client: Client) => ({ id: client.handshake.auth.userId }),
  (payload: string) => ({ id: payload }),
  (request: unknown) => (request ? null : undefined),
  () => null,
];
export const typed: UserResolver<ShopRequest> = (request) => request.user && { id: request.user.sub };
@Injectable()
export class Shop {
  constructor(private readonly tracker: ErrorTracker) {}
  @TrackOperation('shop.pay', { data: (order: Order) => ({ id: order.id }), result: (paid: number) => ({ paid }) })
  async pay(order: Order) { return this.tracker.track('inner', () => Number(order.id)); }
}
// @ts-expect-error -- a number is no user
SentryModule.forRoot({ user: () => 5 });
// @ts-expect-error -- nor is it with an annotation
SentryModule.forRoot({ user: (request: ShopRequest) => request.headers.length });
// @ts-expect-error -- a list is no set of tags
SentryModule.forRoot({ context: { tags: (request: ShopRequest) => 'x' } });
// @ts-expect-error -- without parentheses
class Bare { @TrackOperation run() { return Bare; } }
`;

/** Every option that may be left out may also be undefined, as a variable of the environment is. */
const undefinedOptions = `${head}
type Refusing<T> = { [K in keyof T]-?: undefined extends Required<T>[K] ? never : {} extends Pick<T, K> ? K : never }[keyof T];
type Checked =
  | Refusing<InitOptions> | Refusing<SentryModuleOptions> | Refusing<CaptureContext> | Refusing<SlowReport>
  | Refusing<api.BreadcrumbOptions> | Refusing<api.TracingOptions> | Refusing<api.CaptureOptions>
  | Refusing<api.ContextOptions> | Refusing<api.UserOptions> | Refusing<api.OperationDefaults>
  | Refusing<api.OperationOptions> | Refusing<api.SamplingOptions> | Refusing<api.ErrorRule>
  | Refusing<api.ThrottleOptions> | Refusing<api.GroupingOptions> | Refusing<api.MetricOptions>
  | Refusing<api.SentryModuleAsyncOptions> | Refusing<api.DomainOptions<{ a: 1 }>>
  | Refusing<Exclude<InitOptions['scrubbing'], false | undefined>> | Refusing<Exclude<InitOptions['spool'], false | undefined>>
  | Refusing<Omit<api.PaymentData, never>>;
export const none: [Checked] extends [never] ? true : Checked = true;
initSentry({
  dsn: process.env.SENTRY_DSN, release: process.env.RELEASE, tracesSampleRate: undefined,
  scrubbing: { pseudonymKey: process.env.PSEUDONYM_KEY, pii: { email: undefined } },
  spool: { directory: process.env.SPOOL },
});
export function pay(tracker: ErrorTracker, code: string | undefined) {
  tracker.capturePaymentError(new Error('x'), { declineCode: code });
}
`;

const jobs = `
import { Module } from '@nestjs/common';
import type { Job } from 'bullmq';
import { SentryBullMqModule, TrackJob, type BullMqOptions } from 'nestjs-error-tracker/bullmq';
interface Mail { to: string }
type Refusing<T> = { [K in keyof T]-?: undefined extends Required<T>[K] ? never : {} extends Pick<T, K> ? K : never }[keyof T];
export const none: [Refusing<BullMqOptions>] extends [never] ? true : false = true;
@Module({ imports: [
  SentryBullMqModule.forRoot({ report: (job, error, last) => last && job.name !== error.message, data: (job) => ({ id: job.data.id }) }),
  SentryBullMqModule.forRoot({ report: (job: Job<Mail>) => job.data.to !== '', slowerThan: '1m', queues: ['mail'] }),
  SentryBullMqModule.forRootAsync({ inject: ['config'], useFactory: (config) => ({ report: config.get('REPORT') }) }),
] })
export class AppModule {}
export class Mails {
  @TrackJob({ trace: 'link', carrier: 'data' }) async run(job: Job<Mail, void, 'send' | 'resend'>) { return job.data.to; }
  // @ts-expect-error -- without parentheses
  @TrackJob send() { return this; }
}
// @ts-expect-error -- no such choice
SentryBullMqModule.forRoot({ report: 'always' });
`;

const schedules = `
import { Module } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { SentryEventsModule, type EventsOptions } from 'nestjs-error-tracker/events';
import { Monitor, SentryScheduleModule, type MonitorOptions, type ScheduleOptions } from 'nestjs-error-tracker/schedule';
type Refusing<T> = { [K in keyof T]-?: undefined extends Required<T>[K] ? never : {} extends Pick<T, K> ? K : never }[keyof T];
export const none: [Refusing<ScheduleOptions & MonitorOptions & EventsOptions>] extends [never] ? true : false = true;
@Module({ imports: [
  SentryScheduleModule.forRoot({ monitors: { maxRuntime: '10m', checkinMargin: undefined } }),
  SentryScheduleModule.forRootAsync({ inject: ['config'], useFactory: (config) => ({ monitors: config.get('MONITORS') }) }),
  SentryEventsModule.forRoot({ slowerThan: '2s', cqrs: false }),
] })
export class AppModule {}
export class Reports {
  @Monitor({ slug: 'nightly', timezone: 'Europe/Berlin' }) @Cron('0 30 4 * * *') async nightly() { return this; }
  @Cron('0 30 4 * * *') @Monitor(false) weekly() { return this; }
  // @ts-expect-error -- without parentheses
  @Monitor monthly() { return this; }
}
// @ts-expect-error -- no unit
SentryScheduleModule.forRoot({ monitors: { maxRuntime: '10' } });
`;

/** What Terminus takes. */
const health = `
import { Controller, Get, Module } from '@nestjs/common';
import { HealthCheck, HealthCheckService, TerminusModule, type HealthIndicatorFunction, type HealthIndicatorResult } from '@nestjs/terminus';
import { SentryModule, type SentryHealth } from 'nestjs-error-tracker';
import { SentryHealthIndicator, SentryHealthModule } from 'nestjs-error-tracker/health';
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthCheckService, private readonly sentry: SentryHealthIndicator) {}
  readonly indicators: HealthIndicatorFunction[] = [() => this.sentry.isHealthy('sentry', { critical: undefined })];
  @Get() @HealthCheck() check() { return this.health.check(this.indicators); }
  async own(): Promise<HealthIndicatorResult> {
    const result = await this.sentry.isHealthy('sentry');
    const health: SentryHealth = result.sentry;
    return health.state === 'ok' ? result : { sentry: { status: 'down' } };
  }
}
@Module({ imports: [
  SentryModule.forRoot({ health: { path: '/health/sentry', critical: undefined } }),
  TerminusModule, SentryHealthModule.forRoot({ critical: true }),
] })
export class AppModule {}
// @ts-expect-error -- without a path
SentryModule.forRoot({ health: {} });
`;

/** Interfaces that applications extend, wherever the declarations stand. */
const domains = `
import type { ErrorTracker } from 'nestjs-error-tracker';
declare module 'nestjs-error-tracker' { interface Domains { shipping: { parcel: string } } }
export function lose(tracker: ErrorTracker) {
  tracker.captureDomainError('shipping', new Error('x'), { parcel: 'y' });
  // @ts-expect-error -- not what the domain says
  tracker.captureDomainError('shipping', new Error('x'), { parcel: 5 });
}
`;

const projects = [
  ['11', 'commonjs'],
  ['11', 'module'],
  ['12', 'module'],
];
const sources = {
  'callbacks-without-annotations': withoutAnnotations,
  'callbacks-with-types-of-the-application': withAnnotations,
  'options-that-are-undefined': undefinedOptions,
  'jobs-of-bullmq': jobs,
  'schedules-and-events': schedules,
  'health-checks': health,
  'domains-of-the-application': domains,
};

test.each(representative(projects, (_project, index) => index !== 1))(
  'in lane %s, a %s project compiles with exactOptionalPropertyTypes and checked libraries',
  (lane, type) => {
    expect(errorsIn(lane, type, sources)).toEqual([]);
  },
);
