import { AppProcess, type Lane } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';

let started = 0;

/** An application of test/apps, by default `queues`, and what it sends. */
export class QueuesApp {
  private constructor(
    readonly app: AppProcess,
    readonly receiver: Receiver,
    readonly queues: string,
  ) {}

  static async start(
    lane: Lane,
    env: Record<string, string> = {},
    nodeOptions: string[] = [],
    name = 'queues',
  ): Promise<QueuesApp> {
    const receiver = await Receiver.start();
    const queues = env.QUEUES ?? `queues-${process.pid}-${++started}`;
    const app = await AppProcess.start({
      lane,
      app: name,
      env: {
        SENTRY_DSN: receiver.dsn,
        SENTRY_TRACES_SAMPLE_RATE: '1',
        SENTRY_ENVIRONMENT: 'test',
        QUEUES: queues,
        ...env,
      },
      nodeOptions,
    });
    return new QueuesApp(app, receiver, queues);
  }

  async stop(clean = true): Promise<void> {
    if (clean) await this.tell({ clean: true });
    await Promise.all([this.app.stop('SIGKILL'), this.receiver.close()]);
  }

  async get(path: string): Promise<any> {
    return (await fetch(`${this.app.url}/${path}`)).json();
  }

  /** Sends a message, and returns the answer that has the same key. */
  async tell(message: Record<string, unknown>, key = Object.keys(message)[0]!): Promise<any> {
    const answer = this.next(key);
    this.app.child.send(message);
    return answer;
  }

  /** The next message of the application that has this key. */
  next(key: string): Promise<any> {
    return new Promise((resolve) => {
      const listen = (message: any) => {
        if (!(key in message)) return;
        this.app.child.off('message', listen);
        resolve(message);
      };
      this.app.child.on('message', listen);
    });
  }

  async status(): Promise<any> {
    const status = this.next('flushed');
    this.app.child.send('status');
    return status;
  }

  /** The events that mention this mark, once there are as many. */
  async events(mark: string, count: number): Promise<any[]> {
    let found: any[] = [];
    await poll(async () => {
      await this.status();
      found = this.receiver.events.filter((event) => valueOf(event).includes(mark));
      expect(found.map(valueOf)).toHaveLength(count);
    });
    return found;
  }

  /** The spans that satisfy a condition, once there are as many. */
  async spans(matches: (span: Receiver['spans'][number]) => boolean, count = 1): Promise<Receiver['spans']> {
    let found: Receiver['spans'] = [];
    await poll(async () => {
      await this.status();
      found = this.receiver.spans.filter(matches);
      expect(found.map(({ name }) => name)).toHaveLength(count);
    });
    return found;
  }
}

export const valueOf = (event: any): string => event.message ?? event.exception?.values.at(-1)?.value ?? '';
export const attemptsIn = (event: any): string[] =>
  (event.breadcrumbs ?? []).filter(({ category }: any) => category === 'job').map(({ message }: any) => message);
