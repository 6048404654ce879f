import { type StoredItem } from './inbox-item.js';

/** The last items, oldest first, limited by their number and by the length of their JSON. */
export class ItemStore {
  private items: StoredItem[] = [];
  private characters = 0;

  constructor(
    private readonly limit: number,
    private readonly maxCharacters: number,
  ) {}

  get size(): number {
    return this.items.length;
  }

  add(item: StoredItem): void {
    this.items.push(item);
    this.characters += item.json.length;
    let dropped = 0;
    // The newest item stays even if it exceeds the limit by itself: what was just sent must be visible.
    while (this.items.length - dropped > this.limit || this.characters > this.maxCharacters) {
      const oldest = this.items[dropped];
      if (oldest === undefined || dropped === this.items.length - 1) break;
      this.characters -= oldest.json.length;
      dropped += 1;
    }
    if (dropped > 0) this.items.splice(0, dropped);
  }

  /** Newest first. */
  newest(filter: { type?: string | undefined; limit?: number | undefined } = {}): StoredItem[] {
    const limit = filter.limit ?? Infinity;
    const found: StoredItem[] = [];
    for (let index = this.items.length - 1; index >= 0 && found.length < limit; index -= 1) {
      const item = this.items[index];
      if (item !== undefined && (filter.type === undefined || item.type === filter.type)) found.push(item);
    }
    return found;
  }

  find(id: string): StoredItem | undefined {
    return this.items.findLast((item) => item.id === id);
  }

  /** Oldest first, in file order. */
  all(): readonly StoredItem[] {
    return this.items;
  }

  clear(): void {
    this.items = [];
    this.characters = 0;
  }
}
