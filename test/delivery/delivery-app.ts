import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppProcess, type AppOptions, type Lane } from '../harness/app-process';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';

export const lanes: Lane[] = ['11', '12'];

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'delivery-'));
}

/** Starts the application that fails on request, with this receiver and this spool. */
export async function startApp(
  lane: Lane,
  receiver: Pick<FaultyReceiver, 'dsn'>,
  directory: string,
  init: object = {},
  env: Record<string, string> = {},
  how: Pick<AppOptions, 'uid' | 'main'> = {},
): Promise<DeliveryApp> {
  const app = await AppProcess.start({
    ...how,
    lane,
    app: 'delivery',
    env: {
      SENTRY_DSN: receiver.dsn,
      SENTRY_ENVIRONMENT: 'test',
      SENTRY_SPOOL_DIR: directory,
      SENTRY_TRACES_SAMPLE_RATE: '0',
      INIT: JSON.stringify(init),
      ...env,
    },
  });
  return new DeliveryApp(app);
}

export class DeliveryApp {
  constructor(readonly process: AppProcess) {}

  get url(): string {
    return this.process.url;
  }

  get pid(): number {
    return this.process.child.pid as number;
  }

  fail(text: string): Promise<Response> {
    return fetch(`${this.url}/fail/${encodeURIComponent(text)}`);
  }

  async failAll(texts: readonly string[]): Promise<number[]> {
    const statuses: number[] = [];
    for (const text of texts) statuses.push((await this.fail(text)).status);
    return statuses;
  }

  async burst(count: number, text: string): Promise<void> {
    await fetch(`${this.url}/burst/${count}/${text}`);
  }

  async status(): Promise<any> {
    return this.ask('status');
  }

  /** How many items Sentry has not accepted. */
  async waiting(): Promise<number> {
    return (await this.status()).delivery.waiting;
  }

  /** Flushes; returns the result together with the status after it. */
  async flush(timeout: number): Promise<any> {
    return this.ask({ flush: timeout });
  }

  private async ask(question: 'status' | object): Promise<any> {
    const { child } = this.process;
    const answer = new Promise((resolve) => {
      const hear = (message: any) => {
        if (!message.state) return; // not an answer
        child.off('message', hear);
        resolve(message);
      };
      child.on('message', hear);
    });
    child.send(question);
    return answer;
  }
}

type StartArguments = Parameters<typeof startApp>;

export interface Scenario {
  readonly receiver: FaultyReceiver;
  readonly directory: string;
  /** Starts an application of the lane, by default with the folder of the scenario. */
  readonly start: (
    init?: StartArguments[3],
    env?: StartArguments[4],
    how?: StartArguments[5] & { directory?: string },
  ) => Promise<DeliveryApp>;
  /** Waits until the receiver has accepted exactly these errors. */
  readonly everythingArrives: (expected: readonly string[]) => Promise<void>;
}

/** Gives a test a receiver, a folder and applications of its own, so that tests which mostly wait can run concurrently. */
export function scenario(lane: Lane, run: (scenario: Scenario) => Promise<void>): () => Promise<void> {
  return async () => {
    const receiver = await FaultyReceiver.start();
    const ownDirectory = temporaryFolder();
    const apps: DeliveryApp[] = [];
    try {
      await run({
        receiver,
        directory: ownDirectory,
        start: async (init, env, { directory = ownDirectory, ...how } = {}) => {
          const app = await startApp(lane, receiver, directory, init, env, how);
          apps.push(app);
          return app;
        },
        everythingArrives: (expected) =>
          poll(() => {
            expect(receiver.values.sort()).toEqual([...expected].sort());
          }, 40_000),
      });
    } finally {
      for (const { process } of apps) await process.stop('SIGKILL');
      await receiver.close();
    }
  };
}
