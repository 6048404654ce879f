import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppProcess, type AppOptions, type Lane } from '../harness/app-process';
import type { FaultyReceiver } from '../harness/faulty-receiver';

export const lanes: Lane[] = ['11', '12'];

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'delivery-'));
}

/** Starts the application that fails as it is asked, with this receiver and this spool. */
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

  /** How many items Sentry has not taken. */
  async waiting(): Promise<number> {
    return (await this.status()).delivery.waiting;
  }

  /** Flushes, and tells what that returned beside the status after it. */
  async flush(timeout: number): Promise<any> {
    return this.ask({ flush: timeout });
  }

  private async ask(question: 'status' | object): Promise<any> {
    const { child } = this.process;
    const answer = new Promise((resolve) => {
      const hear = (message: any) => {
        if (!message.state) return; // said unasked
        child.off('message', hear);
        resolve(message);
      };
      child.on('message', hear);
    });
    child.send(question);
    return answer;
  }
}
