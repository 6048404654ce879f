import '../shared/instrument.js';
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { CronTime } from 'cron';
import { SentryModule } from 'nestjs-error-tracker';
import { SentryScheduleModule } from 'nestjs-error-tracker/schedule';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';
import { DynamicJobs, ran, ReportsService, waiting } from './reports.js';

const { MODULE, SCHEDULE } = process.env;

@Module({
  imports: [
    SentryModule.forRoot(JSON.parse(MODULE ?? '{}')),
    ...(SCHEDULE ? [SentryScheduleModule.forRoot(JSON.parse(SCHEDULE))] : []),
    ScheduleModule.forRoot(),
  ],
  providers: [DynamicJobs, ReportsService],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  const jobs = app.get(SchedulerRegistry).getCronJobs();
  /** Nest gives a job without a name a random one: such a job is found by its expression. */
  const jobOf = (name: string): any =>
    jobs.get(name) ?? [...jobs.values()].find((job: any) => job.cronTime.source === name);
  answerTests(app, await listen(app), async (message) => {
    if (typeof message === 'string') return undefined;
    const { fire, times = 1, release, move, close, exit, crash } = message;
    if (fire) {
      ran.length = 0;
      for (let n = 0; n < times; n++) void jobOf(fire).fireOnTick();
      await new Promise((resolve) => setImmediate(resolve));
      return { fire, ran };
    }
    if (release) {
      const released = waiting.splice(0, release);
      for (const go of released) go();
      return { release: released.length };
    }
    if (move) {
      jobOf(move).setTime(new CronTime('7 9 * * *', 'Asia/Tokyo'));
      return { move };
    }
    if (close) {
      await app.close();
      return { close };
    }
    if (exit) process.exit(3);
    if (crash)
      setTimeout(() => {
        throw new Error('the process crashes');
      });
    return undefined;
  });
}
void main();
