import { join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorTracker, SentryModule, initSentry } from 'nestjs-error-tracker';

/** A block of the recipe, by its place in the section. */
export const block = (at: number): any =>
  require(join(process.env.BLOCKS!, String(at), process.env.BLOCK_FILE ?? 'block'));

/** An application on a free port, with what a user of the recipe has beside it. */
export async function start(parts: { imports?: any[]; controllers?: Type[]; providers?: any[] }, adapter: any[] = []) {
  initSentry(); // nothing, if the recipe has started Sentry
  @Module({ ...parts, imports: parts.imports ?? [SentryModule.forRoot()] })
  class AppModule {}
  const app: any = await (NestFactory.create as any)(AppModule, ...adapter, { logger: false });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address();
  const ask = async (path: string, init?: RequestInit): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}${path}`, init)).status;
  return { app, tracker: app.get(ErrorTracker) as ErrorTracker, ask };
}

/** Runs a recipe, sends what is waiting, and tells the test what it returns. */
export function tell(run: () => Promise<unknown>): void {
  run().then(
    (told) => process.send!({ told }, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
