import { ItemScrubber } from './items/item-scrubber.js';
import { cutText, readable } from './limits/limits.js';
import { marker } from './markers/marker.js';
import type { Explanation, Removal, Scrubber } from './scrubber.js';
import { explainValue } from './explain-value.js';
import { OPEN } from './texts/rule-kinds.js';
import type { CompiledRules } from './walk/compiled-rules.js';

/** The {@link Scrubber} over compiled rules: what cannot be scrubbed is not sent, and counted in `faults`. */
export class CompiledScrubber implements Scrubber {
  private readonly items: ItemScrubber;

  constructor(private readonly rules: CompiledRules) {
    this.items = new ItemScrubber(rules);
  }

  get removedCount(): number {
    return this.rules.removed;
  }

  get faults(): number {
    return this.rules.faults;
  }

  get steps(): number {
    return this.rules.work.total;
  }

  item(type: string, payload: unknown): unknown {
    try {
      return this.items.item(type, payload);
    } catch {
      this.rules.faults++; // the transport counts the item as dropped
      return undefined;
    }
  }

  *pieces(type: string, payload: unknown): ReturnType<Scrubber['pieces']> {
    try {
      return yield* this.items.pieces(type, payload);
    } catch {
      this.rules.faults++;
      return undefined;
    }
  }

  header(header: unknown): unknown {
    try {
      return this.items.header(header);
    } catch {
      this.rules.faults++; // the envelope is sent with an empty header, or not at all
      return {};
    }
  }

  text(value: string): string {
    try {
      this.rules.work.begin();
      const clean = this.rules.texts.whole(readable(value, this.rules.limits.text), OPEN);
      const sent = value.length > this.rules.limits.text ? cutText(clean, this.rules.limits.text) : clean;
      if (sent !== value) this.rules.removed++;
      return sent;
    } catch {
      this.rules.faults++; // a rule threw
      return marker('fault');
    }
  }

  inspect(value: unknown): { output: unknown; removed: Removal[] } {
    const { output, removals } = this.items.inspect(value);
    const removed = removals.flatMap(({ path, remarks }) => remarks.map(([rule]) => ({ path: path.join('.'), rule })));
    return { output, removed };
  }

  explain(value: string, key?: string): Explanation {
    this.rules.work.begin();
    return explainValue(this.rules, value, key);
  }
}
