import '../shared/instrument.js';
import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorTracker, SentryModule, TrackOperation } from 'nestjs-error-tracker';
import { setTimeout as sleep } from 'node:timers/promises';

@Injectable()
class Importer {
  constructor(private readonly tracker: ErrorTracker) {}

  @TrackOperation('import.run', { data: (file: string) => ({ file }) })
  async run(file: string) {
    await sleep(5);
    this.tracker.addBreadcrumb('import', `reading ${file}`);
    throw new Error(`cannot import ${file}`);
  }
}

@Module({ imports: [SentryModule.forRoot({ capture: { ignore: ['not of interest'] } })], providers: [Importer] })
class AppModule {}

async function main() {
  const context = await NestFactory.createApplicationContext(AppModule, { logger: false });
  const tracker = context.get(ErrorTracker);
  const importer = context.get(Importer);
  tracker.captureException(new Error('by hand'), { tags: { where: 'script' } });
  tracker.captureException(new Error('this is not of interest'));
  await importer.run('cats.csv').catch((error: unknown) => tracker.captureException(error));
  await Promise.all(
    ['ann', 'bob'].map((name) =>
      tracker.isolate(async () => {
        tracker.setUser({ id: name });
        await importer.run(`${name}.csv`).catch(() => undefined);
        tracker.captureException(new Error(`isolated ${name}`));
      }),
    ),
  );
  void Promise.reject(new Error('nobody awaits this'));
  await sleep(20);
  await context.close();
  process.disconnect();
}
void main();
