import { processWide } from './process-wide.js';

/** How the test kit takes the place of Sentry; empty unless a test uses it. */
export interface TestKit {
  /** Receives what would be sent, scrubbed: nothing leaves the process, and nothing is written to disk. */
  receive?: (envelope: Buffer) => void;
  /** Returns the options with which Sentry is started, whoever starts it; closes the client if they differ from its own. */
  adapt?: (options: object | undefined, path: string) => object;
  /** Called with each client that is started or adopted. */
  onClient?: (client: object) => void;
}

export const testKit = processWide<TestKit>('test-kit', () => ({}));
