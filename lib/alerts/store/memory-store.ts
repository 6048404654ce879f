import type { AlertChange, AlertRecord, AlertStore, AlertStoreHost } from '../../options/alert-options.js';
import { shape, text } from '../../options/schema.js';
import { SeenGroups } from './seen-groups.js';

/** Options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /** Where the file of seen errors is kept. Default: the directory of the spool. */
  directory?: string | undefined;
}

const optionsShape = shape({ directory: text });
/** Milliseconds. */
const DELAY = 20;

/**
 * Counts in this process alone. Which errors were seen is remembered across restarts, in a file beside the spool.
 *
 * @throws ConfigurationError - if an option is unknown or has a wrong value
 * @example
 * ```ts
 * import { memoryStore } from 'nestjs-error-tracker/alerts';
 *
 * memoryStore({ directory: '/var/lib/shop' });
 * ```
 */
export function memoryStore(options: MemoryStoreOptions = {}): AlertStore {
  optionsShape(options, 'memoryStore');
  return new MemoryStore(options.directory);
}

/** @internal */
export class MemoryStore implements AlertStore {
  readonly mode = 'memory';
  readonly delay = DELAY;
  private readonly records = new Map<string, AlertRecord>();
  private readonly seen: SeenGroups;

  constructor(
    private readonly directory: string | undefined,
    private readonly now: () => number = Date.now,
  ) {
    this.seen = new SeenGroups(now);
  }

  async update<R>(key: string, change: AlertChange<R>): Promise<R> {
    const { record, result } = change(this.records.get(key), this.now());
    this.records.set(key, record);
    return Promise.resolve(result);
  }

  /** The record of a rule as it is. */
  record(key: string): AlertRecord | undefined {
    return this.records.get(key);
  }

  sight(group: string): Promise<{ before: number | undefined; now: number }> {
    return Promise.resolve({ before: this.seen.sight(group), now: this.now() });
  }

  open({ directory, project }: AlertStoreHost): void {
    this.seen.open(this.directory ?? directory, project);
  }

  close(): Promise<void> {
    this.seen.close();
    return Promise.resolve();
  }
}
