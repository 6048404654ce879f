import type { INestApplication } from '@nestjs/common';
import { ErrorTracker } from 'nestjs-error-tracker';

type Message = string | Record<string, any>;
type Answer = object | undefined;

/** Where the tests reach the application; listens on a free port if it does not listen yet. */
export async function listen(app: INestApplication): Promise<number> {
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer().address().port;
}

/**
 * Answers the messages of the test process: `status` flushes, then returns the status of the tracker; any other message
 * goes to `answer`. Then tells the test process the port.
 */
export function answerTests(
  app: INestApplication,
  port: number,
  answer: (message: Message) => Promise<Answer> = async () => undefined,
): void {
  const status = async (): Promise<Answer> => {
    const tracker = app.get(ErrorTracker);
    const flushed = await tracker.flush('20s');
    return { ...tracker.status(), flushed };
  };
  process.on('message', (message: Message) => {
    void (message === 'status' ? status() : answer(message)).then((said) => {
      if (said !== undefined) process.send!(said);
    });
  });
  process.send!({ port });
}
