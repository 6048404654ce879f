import { readItem, type StoredItem } from '../inbox-item.js';
import { FrameSources } from './frame-sources.js';
import { ProjectFiles } from './project-files.js';

/** Events that wait to be looked up; in a storm of errors, others are looked up once they are opened. */
const MAX_WAITING = 20;
/** Larger events are looked up once they are opened. */
const MAX_CHARACTERS = 1_000_000;
const MAX_KEPT = 200;
const MAX_KEPT_CHARACTERS = 16_000_000;

/**
 * What the files of the project tell about the frames of events, as JSON for the page. Events are looked up as they
 * arrive: after the next build, their lines would be others.
 */
export class EventSources {
  private readonly kept = new Map<string, string>();
  private keptCharacters = 0;
  private readonly project: { folder: string; frames: FrameSources } | undefined;
  private work: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  /** @param folder - of the project; undefined: no file is read */
  constructor(folder: string | undefined) {
    const files = folder === undefined ? undefined : new ProjectFiles(folder);
    this.project = files && { folder: files.folder, frames: new FrameSources(files) };
  }

  arrived(items: readonly StoredItem[]): void {
    if (this.project === undefined) return;
    for (const item of items) {
      if (item.type === 'event' && item.json.length < MAX_CHARACTERS && this.waiting < MAX_WAITING) void this.of(item);
    }
  }

  /** `{ project, exceptions }`; events are looked up one after the other. Never rejects. */
  of(item: StoredItem): Promise<string> {
    this.waiting++;
    const found = this.work.then(async () => {
      const json = this.kept.get(item.id) ?? (await this.lookUp(item));
      this.waiting--;
      return json;
    });
    this.work = found;
    return found;
  }

  private async lookUp(item: StoredItem): Promise<string> {
    const { folder, frames } = this.project ?? {};
    let exceptions: unknown = [];
    try {
      exceptions = (await frames?.ofEvent(readItem(item).payload)) ?? [];
    } catch {
      // an event of a shape that nobody foresaw is shown as it was sent
    }
    const json = JSON.stringify({ project: folder ?? null, exceptions });
    this.keep(item.id, json);
    return json;
  }

  private keep(id: string, json: string): void {
    this.kept.set(id, json);
    this.keptCharacters += json.length;
    for (const [oldest, text] of this.kept) {
      if (this.kept.size <= MAX_KEPT && this.keptCharacters <= MAX_KEPT_CHARACTERS) break;
      this.kept.delete(oldest);
      this.keptCharacters -= text.length;
    }
  }
}
