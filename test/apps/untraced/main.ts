import '../shared/instrument.js';
import 'reflect-metadata';
import {
  Body,
  Controller,
  Get,
  Headers,
  Injectable,
  Module,
  Param,
  Post,
  Req,
  Res,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { ErrorTracker, SentryModule, TrackOperation } from 'nestjs-error-tracker';
import { defer, of } from 'rxjs';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';

import { setTimeout as sleep } from 'node:timers/promises';

const load = createRequire(`${process.cwd()}/package.json`);
const Sentry = load('@sentry/nestjs');
let url = '';

/** As Sentry documents it for applications that set OpenTelemetry up themselves. */
function setUpOpenTelemetry(): void {
  const { BasicTracerProvider } = load('@opentelemetry/sdk-trace-base');
  const { context, propagation, trace } = load('@opentelemetry/api');
  const { SentryPropagator, SentrySampler, SentrySpanProcessor } = load('@sentry/opentelemetry');
  const sampler = new SentrySampler(Sentry.getClient());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ sampler, spanProcessors: [new SentrySpanProcessor()] }));
  propagation.setGlobalPropagator(new SentryPropagator());
  context.setGlobalContextManager(new Sentry.SentryContextManager());
  Sentry.setOpenTelemetryContextAsyncContextStrategy?.();
  Sentry.validateOpenTelemetrySetup();
}
if (process.env.OWN_OPENTELEMETRY) setUpOpenTelemetry();

const storage = new AsyncLocalStorage<string>();
const kept: string[] = [];

/** As the guard of nestjs-cls does. */
@Injectable()
class Entering implements CanActivate {
  canActivate(context: ExecutionContext) {
    storage.enterWith(`entered ${context.switchToHttp().getRequest().params.id}`);
    return true;
  }
}

@Controller()
class Front {
  constructor(private readonly tracker: ErrorTracker) {}

  /** The trace headers of an outgoing request, and what the SDK says about spans here. */
  @Get('out/:id')
  async out(@Param('id') _id: string) {
    const response = await Sentry.startSpan({ name: 'child' }, () => fetch(`${url}/headers`));
    const inside = Sentry.startSpan({ name: 'child' }, (span: any) => span.isRecording());
    return { received: await response.json(), inside, data: Sentry.getTraceData() };
  }
  @Get('headers')
  headers(@Headers() headers: Record<string, string>) {
    return { trace: headers['sentry-trace'], baggage: headers.baggage };
  }
  @Get('fail/:id')
  async fail(@Param('id') id: string): Promise<never> {
    this.tracker.setUser({ id });
    this.tracker.addBreadcrumb('test', `crumb of ${id}`);
    await sleep(Math.random() * 20);
    return this.work(id);
  }
  @Post('fail/:id')
  body(@Param('id') id: string, @Body() _body: unknown): never {
    throw new Error(`failure of ${id}`);
  }
  /** Listeners that were added inside of the request are called later. */
  @Get('late/:id')
  late(@Param('id') id: string, @Req() request: any, @Res() response: any) {
    this.tracker.setUser({ id });
    (request.raw ?? request).once('close', () => Sentry.captureException(new Error(`request of ${id} closed`)));
    (response.raw ?? response).once('close', () => Sentry.captureException(new Error(`response of ${id} closed`)));
    response.send({});
  }

  /** What the application keeps in its AsyncLocalStorage, where listeners are called. */
  @Get('kept/:id')
  kept(@Req() request: any, @Res() response: any) {
    const [incoming, outgoing] = [request.raw ?? request, response.raw ?? response];
    const note = (what: string) => () => kept.push(`${what} ${storage.getStore()}`);
    incoming.once('custom', note('custom'));
    incoming.once('close', note('request closed'));
    outgoing.once('finish', note('finished'));
    outgoing.once('close', note('response closed'));
    storage.run('inner', () => incoming.emit('custom'));
    response.send({});
  }
  @Get('seen')
  seen() {
    return kept.splice(0);
  }
  @Get('observed/:id')
  @UseGuards(Entering)
  observed() {
    return defer(() => of({ kept: storage.getStore() ?? 'nothing' }));
  }

  @TrackOperation('work')
  private async work(id: string): Promise<never> {
    throw new Error(`failure of ${id}`);
  }
}

@Module({ imports: [SentryModule.forRoot()], controllers: [Front] })
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  app.use((request: { url: string }, _response: unknown, next: () => void) => storage.run(request.url, next));
  const port = await listen(app);
  url = `http://127.0.0.1:${port}`;
  answerTests(app, port);
}
void main();
