// Requests that have nothing in common: each has its own path, user, headers, message, tag, service and so on.
import './instrument.js';
import 'reflect-metadata';
import { Controller, Get, Module, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorTracker, SentryModule, TrackOperation } from 'nestjs-error-tracker';
import { Agent, get } from 'node:http';
import { getHeapSnapshot } from 'node:v8';

interface IncomingRequest {
  url: string;
  headers: Record<string, string>;
}

@Controller()
class DistinctController {
  constructor(private readonly tracker: ErrorTracker) {}

  @TrackOperation('distinct', { data: (request: IncomingRequest) => ({ path: request.url }) })
  @Get('*path')
  async fail(@Req() request: IncomingRequest) {
    await Promise.resolve();
    this.useAll(request.headers['x-id']!);
  }

  /** Everything that takes a name, a key or a text; ends with an error. */
  useAll(id: string): void {
    const { tracker } = this;
    tracker.setUser({ id, email: `${id}@example.com`, ip_address: `10.${Number(id) % 250}.${Number(id) % 249}.1` });
    tracker.setTag(`tag-${id}`, id);
    tracker.setContext(`context-${id}`, { id });
    tracker.addBreadcrumb(`category-${id}`, `breadcrumb ${id}`);
    tracker.recordEvent(`event-${id}`);
    tracker.metrics.unique('visitors', id, { tags: { [`tag-${id}`]: id } });
    tracker.captureExternalApiError(new Error(`unavailable ${id}`), { service: `service-${id}`, endpoint: `/${id}` });
    tracker.captureMessage(`message ${words(id)}`, { fingerprint: [id] });
    tracker.captureException(`thrown ${words(id)}`);
    tracker.reportSlow(`work ${words(id)}`, { duration: '2s', threshold: '1s' });
    tracker.track(`operation ${id}`, () => {
      throw Object.assign(new Error(`failure ${words(id)}`), { code: `CODE_${id}`, name: `Error${words(id)}` });
    });
  }
}

/** Letters, because numbers in a message do not make another group. */
function words(id: string): string {
  return id.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!);
}

@Module({
  imports: [
    SentryModule.forRoot({
      user: (request: IncomingRequest) => ({
        id: request.headers['x-id'],
        email: `${request.headers['x-id']}@example.com`,
      }),
      context: { tags: (request: IncomingRequest) => ({ tenant: request.headers['x-id'] }) },
      budgets: { 'GET /*': '10s' },
      operations: { slowerThan: '10s' },
    }),
  ],
  controllers: [DistinctController],
})
class AppModule {}

async function main() {
  const app = await NestFactory.create(AppModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address();
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const request = (id: string) =>
    new Promise<void>((resolve) => {
      const headers = {
        'x-id': id,
        [`x-${id}`]: id,
        cookie: `session-${id}=${id}`,
        'user-agent': `agent/${id}`,
        'x-forwarded-for': `10.${Number(id) % 250}.${Number(id) % 249}.1`,
      };
      get({ port, agent, path: `/${id}/path-${words(id)}?q${id}=${id}`, headers }, (response) =>
        response.resume().on('end', resolve),
      ).on('error', () => resolve());
    });
  let next = 0;
  const send = async (count: number) => {
    const end = next + count;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        while (next < end) await request(String(10_000_000 + next++));
      }),
    );
  };
  const heap = async () => {
    await app.get(ErrorTracker).flush(20_000);
    for (let at = 0; at < 3; at++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      global.gc!();
    }
    return process.memoryUsage().heapUsed;
  };
  process.on('message', async (message: any) => {
    if (message.send) await send(message.send);
    for (let left = message.use ?? 0; left > 0; left--) {
      app.get(ErrorTracker).isolate(() => {
        try {
          app.get(DistinctController).useAll(String(10_000_000 + next++));
        } catch (error) {
          app.get(ErrorTracker).captureException(error);
        }
      });
      if (left % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    if (message.snapshot) {
      const { createWriteStream } = await import('node:fs');
      const { pipeline } = await import('node:stream/promises');
      await pipeline(getHeapSnapshot(), createWriteStream(message.snapshot));
    }
    process.send!({ heap: await heap(), status: app.get(ErrorTracker).status() });
  });
  process.send!({ port });
}
void main();
