import { AppProcess, type AppOptions } from './app-process';

/** The applications of one spec: tests with the same options share one, because a start takes seconds. */
export class AppPool {
  private readonly running = new Map<string, AppProcess>();

  async get(options: AppOptions): Promise<AppProcess> {
    const key = JSON.stringify(options);
    const app = this.running.get(key) ?? (await AppProcess.start(options));
    this.running.set(key, app);
    return app;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running.values()].map((app) => app.stop('SIGKILL')));
  }
}
