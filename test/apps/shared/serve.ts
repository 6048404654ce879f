import type { INestApplication } from '@nestjs/common';
import { ErrorTracker } from 'nestjs-error-tracker';

type Duration = `${number}s`;
type Message = string | Record<string, any>;
type Answer = object | undefined;

/** Listens on a free port, with shutdown hooks. */
export async function listen(app: INestApplication): Promise<number> {
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer().address().port;
}

/**
 * Sends the port to the test process and answers its messages: `status` flushes within `flushTimeout`, then returns the
 * status of the tracker; any other message goes to `answer`.
 */
export function answerTests(
  app: INestApplication,
  port: number,
  answer: (message: Message) => Promise<Answer> = async () => undefined,
  flushTimeout = (process.env.FLUSH_TIMEOUT ?? '5s') as Duration,
): void {
  const status = async (): Promise<Answer> => {
    const tracker = app.get(ErrorTracker);
    const flushed = await tracker.flush(flushTimeout);
    return { ...tracker.status(), flushed };
  };
  process.on('message', (message: Message) => {
    void (message === 'status' ? status() : answer(message)).then((said) => {
      if (said !== undefined) process.send!(said);
    });
  });
  process.send!({ port });
}
