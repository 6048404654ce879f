import * as Sentry from '@sentry/nestjs';
import type { ErrorTracker } from 'nestjs-error-tracker';
import { record, type Plant } from './plant.js';

interface Reporting {
  recordDroppedEvent(reason: string, category: string): void;
  _flushOutcomes(): void;
}

const failure = () => new Error('something failed');

/** Calls of an application that carry data; each runs in its own scope. */
export const entrances: Record<string, (plant: Plant, tracker: ErrorTracker) => unknown> = {
  message: ({ text }, tracker) => tracker.captureException(new Error(text)),
  'captured message': ({ text }, tracker) => tracker.captureMessage(text),
  cause: ({ text }, tracker) => tracker.captureException(new Error('outer', { cause: new Error(text) })),
  'name of an error': ({ text }, tracker) => tracker.captureException(Object.assign(failure(), { name: text })),
  breadcrumb: (plant, tracker) => {
    tracker.addBreadcrumb('leaks', plant.text, record(plant));
    tracker.captureException(failure());
  },
  console: (plant, tracker) => {
    console.warn(plant.text, record(plant));
    tracker.captureException(failure());
  },
  tag: (plant, tracker) => {
    tracker.setTags(record(plant));
    tracker.captureException(failure());
  },
  context: (plant, tracker) => {
    tracker.setContext('order', { ...record(plant), lines: [{ parts: record(plant) }] });
    tracker.captureException(failure());
  },
  extra: (plant, tracker) => {
    Sentry.setExtras({ order: [record(plant)], body: JSON.stringify(record(plant)) });
    tracker.captureException(failure());
  },
  user: (plant, tracker) => {
    tracker.setUser({ id: plant.mark, username: plant.text, ...record(plant) });
    tracker.captureException(failure());
  },
  fingerprint: ({ text }, tracker) => tracker.captureException(failure(), { fingerprint: ['leaks', text] }),
  'span name': ({ text }) => Sentry.startSpan({ name: text, op: 'leaks' }, () => undefined),
  'span attribute': (plant) => Sentry.startSpan({ name: 'leaks', attributes: record(plant) }, () => undefined),
  log: ({ text }) => Sentry.logger.warn(text),
  'log attribute': (plant) => Sentry.logger.warn('something happened', record(plant)),
  'log parameter': (plant) => Sentry.logger.warn(Sentry.logger.fmt`something ${plant.text} happened`),
  'metric attribute': (plant, tracker) => {
    tracker.metrics.count('leaks', 1, { tags: record(plant) });
  },
  operation: (plant, tracker) =>
    tracker
      .track({ name: 'leaks.work', data: () => record(plant) }, async () => {
        throw failure();
      })
      .catch((error) => tracker.captureException(error)),
  'business event': (plant, tracker) => {
    tracker.recordEvent('leaks.event', record(plant));
    tracker.captureException(failure());
  },
  'domain error': (plant, tracker) => tracker.capturePaymentError(failure(), record(plant) as object),
  // From a timer: the frames that called it hold the whole plant in variables of any name.
  'stack local': ({ mark, word, text }, tracker) =>
    new Promise<void>((resolve) => {
      setImmediate(() => {
        try {
          work(mark, word, text);
        } catch (error) {
          tracker.captureException(error);
        }
        resolve();
      });
    }),
  'thread name': ({ text }) =>
    Sentry.captureEvent({ message: 'of a thread', threads: { values: [{ id: 1, name: text }] } }),
  'file name': ({ text }, tracker) => {
    const error = failure();
    error.stack = `Error: something failed\n    at run (/srv/${text}/main.js:1:1)`;
    tracker.captureException(error);
  },
  attachment: (plant) =>
    Sentry.withScope((scope) => {
      scope.addAttachment({ filename: 'order.json', data: JSON.stringify(record(plant)) });
      scope.addAttachment({ filename: 'order.txt', data: new TextEncoder().encode(`${plant.key}=${plant.word}`) });
      scope.addAttachment({ filename: `${plant.text}.txt`, data: plant.text });
      Sentry.captureException(failure());
    }),
  'check-in': ({ text }) => Sentry.captureCheckIn({ monitorSlug: text, status: 'ok' }),
  // The address that a person leaves to be answered at stays.
  feedback: ({ mark, text }) =>
    Sentry.captureFeedback({ message: text, name: mark, email: 'ann@shop.example', url: text }),
  session: ({ text }) => {
    Sentry.startSession({ did: text, release: text });
    Sentry.captureSession();
  },
  'client report': ({ text }) => {
    const client = Sentry.getClient() as unknown as Reporting;
    client.recordDroppedEvent(text, 'error');
    client._flushOutcomes(); // else a minute later
  },
};

/** The SDK leaves out variables of the names that it knows (`password`); it does not know this one. */
function work(note: string, passphrase: string, remark: string): void {
  const account = { note, passphrase };
  if (remark.length + account.note.length > 0) throw new Error('work failed'); // the SDK reads where the stack begins
}
