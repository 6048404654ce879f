import { AppProcess, ending, spawnApp, type AppOptions, type Lane } from '../harness/app-process';
import { Receiver } from '../harness/receiver';

/** The application `databases`, and what it sends. */
export class DatabasesApp {
  private constructor(
    readonly app: AppProcess,
    readonly receiver: Receiver,
  ) {}

  static async start(lane: Lane, env: Record<string, string | undefined> = {}): Promise<DatabasesApp> {
    const receiver = await Receiver.start();
    return new DatabasesApp(await AppProcess.start(optionsOf(lane, receiver, env)), receiver);
  }

  /** The events of an application that does not start. */
  static async eventsOfFailedStart(lane: Lane, env: Record<string, string>): Promise<any[]> {
    const receiver = await Receiver.start();
    const { code } = await ending(spawnApp(optionsOf(lane, receiver, env)));
    await receiver.close();
    expect(code).toBe(1);
    return receiver.events;
  }

  async stop(): Promise<void> {
    await this.app.stop();
    await this.receiver.close();
  }

  async get(path: string): Promise<any> {
    const text = await (await fetch(`${this.app.url}/${path}`)).text();
    return text && JSON.parse(text);
  }

  /** The events of one request. */
  async eventsOf(path: string): Promise<any[]> {
    this.receiver.clear();
    await this.get(path);
    await this.app.status(); // flushes
    return this.receiver.events;
  }

  /** The only event of one request. */
  async eventOf(path: string): Promise<any> {
    const events = await this.eventsOf(path);
    expect(events).toHaveLength(1);
    return events[0];
  }
}

const optionsOf = (lane: Lane, { dsn }: Receiver, env: Record<string, string | undefined>): AppOptions => ({
  lane,
  app: 'databases',
  env: { SENTRY_DSN: dsn, SENTRY_TRACES_SAMPLE_RATE: '1', SENTRY_ENVIRONMENT: 'test', ...env },
  nodeOptions: ['--import', 'nestjs-error-tracker/register'],
});

export const queriesOf = (event: any): any[] =>
  (event.breadcrumbs ?? []).filter(({ category }: any) => category === 'query');

export const statementsOf = (event: any): string[] => queriesOf(event).map(({ message }) => message);
