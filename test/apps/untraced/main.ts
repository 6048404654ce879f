import '../shared/instrument.js';
import 'reflect-metadata';
import { Body, Controller, Get, Headers, Module, Param, Post, Req, Res } from '@nestjs/common';
import { ErrorTracker, SentryModule, TrackOperation } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const Sentry = createRequire(`${process.cwd()}/package.json`)('@sentry/nestjs');
let url = '';
/** The spans of requests that the SDK has started. */
let started = 0;
Sentry.getClient().on('spanStart', (span: any) => {
  const { data, attributes } = Sentry.spanToJSON(span);
  if ((data ?? attributes)['sentry.op'] === 'http.server') started++;
});

@Controller()
class Front {
  constructor(private readonly tracker: ErrorTracker) {}

  @Get('started')
  started() {
    return { started };
  }
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
  @Get('fine/:id')
  fine(@Param('id') id: string) {
    const known = Sentry.getIsolationScope().getUser()?.id;
    this.tracker.setUser({ id });
    return { known };
  }
  @Get('fail/:id')
  async fail(@Param('id') id: string): Promise<never> {
    this.tracker.setUser({ id });
    this.tracker.addBreadcrumb('test', `crumb of ${id}`);
    await sleep(Math.random() * 20);
    return this.work(id);
  }
  @Get('rated/:id')
  rated(@Param('id') id: string): Promise<never> {
    return this.work(id);
  }
  @Post('fail/:id')
  body(@Param('id') id: string, @Body() _body: unknown): never {
    throw new Error(`failure of ${id}`);
  }
  @Get('handled/:id')
  handled(@Param('id') id: string) {
    this.tracker.captureException(new Error(`handled in ${id}`));
    return {};
  }
  /** Listeners that were added inside of the request are called later. */
  @Get('late/:id')
  late(@Param('id') id: string, @Req() request: any, @Res() response: any) {
    this.tracker.setUser({ id });
    (request.raw ?? request).once('close', () => Sentry.captureException(new Error(`request of ${id} closed`)));
    (response.raw ?? response).once('close', () => Sentry.captureException(new Error(`response of ${id} closed`)));
    response.send({});
  }
  /** Responds never: the client goes. */
  @Get('hang/:id')
  hang(@Param('id') id: string, @Req() request: any, @Res() response: any) {
    this.tracker.setUser({ id });
    this.tracker.addBreadcrumb('test', `crumb of ${id}`);
    (response.raw ?? response).once('close', () => Sentry.captureException(new Error(`client of ${id} left`)));
    (request.raw ?? request).once('aborted', () => Sentry.captureException(new Error(`request of ${id} aborted`)));
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
  const port = await listen(app);
  url = `http://127.0.0.1:${port}`;
  answerTests(app, port);
}
void main();
