import { createRequire } from 'node:module';
import { join } from 'node:path';
import { laneFolder } from '../harness/app-process';

// Clients are installed in the lanes.
const load = createRequire(join(laneFolder('11'), 'package.json'));

export interface Feed {
  answers: unknown[];
  ended: Promise<void>;
}

/** A client of the protocol graphql-transport-ws. */
export class SocketClient {
  private readonly client: { subscribe(payload: object, sink: object): () => void; dispose(): void | Promise<void> };

  /** @param query - of the URL, with its question mark */
  constructor(url: string, connectionParams: object, query = '') {
    this.client = load('graphql-ws').createClient({
      url: `${url.replace('http', 'ws')}/graphql${query}`,
      webSocketImpl: load('ws'),
      connectionParams,
      retryAttempts: 0,
      lazy: true,
      onNonLazyError: () => undefined,
    });
  }

  listen(query: string): Feed {
    const answers: unknown[] = [];
    const ended = new Promise<void>((resolve) => {
      this.client.subscribe(
        { query },
        {
          next: (answer: unknown) => answers.push(answer),
          error: (error: { code?: number; reason?: string }) => {
            answers.push(Array.isArray(error) ? error : { code: error.code, reason: error.reason });
            resolve();
          },
          complete: resolve,
        },
      );
    });
    return { answers, ended };
  }

  /** @returns all answers, once the operation has ended */
  async collect(query: string): Promise<unknown[]> {
    const { answers, ended } = this.listen(query);
    await ended;
    return answers;
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }
}
