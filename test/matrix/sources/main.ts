import 'reflect-metadata';
import { ErrorTracker } from 'nestjs-error-tracker';
import { AppModule } from './app.module.js';
import { createApp } from './create-app.js';
import { PaymentsService } from './payments.plugin.cjs';

async function main(): Promise<void> {
  const app = await createApp(AppModule);
  const tracker = app.get(ErrorTracker);
  const isShared = tracker instanceof ErrorTracker && app.get(PaymentsService).has(tracker);
  process.on('message', () => {
    void tracker.flush('5s').then((flushed) => process.send?.({ flushed, isShared }));
  });
  await app.listen(0, '127.0.0.1');
  process.send?.({ url: await app.getUrl() });
}
void main();
