import { toJson } from './to-json.js';
import { GRAPHQL_EVENT, fieldContextOf, WITH_META, WITHOUT_LIMITS } from './item-places.js';
import { buildMeta } from './event-meta.js';
import { graphqlVariables, withParsedBody, withTextBody } from './graphql-variables.js';
import { scrubBytes } from './attachment-bytes.js';
import { cutText, readable } from './limits.js';
import { marker } from './marker.js';
import { fitBytes } from './fit-bytes.js';
import { parseDocument } from './json-text.js';
import { DATA } from './field-context.js';
import type { Removal as Found } from './removals.js';
import { kindOfItem } from './item-kind.js';
import { HEADER } from './header-place.js';
import type { CompiledRules } from './rules.js';
import type { Explanation, Removal, Scrubber } from './scrubber.js';
import { OPEN } from './text-kinds.js';
import { Walk } from './walk.js';
import { explainValue } from './explain-value.js';

/** The {@link Scrubber} over compiled rules. */
export class ItemScrubber implements Scrubber {
  constructor(private readonly rules: CompiledRules) {}

  get removedCount(): number {
    return this.rules.removed;
  }

  get faults(): number {
    return this.rules.faults;
  }

  item(type: string, payload: unknown): unknown {
    try {
      if (typeof payload === 'string') return this.textItem(type, payload);
      if (payload instanceof Uint8Array) return scrubBytes(payload, (text) => this.textItem(type, text));
      return this.objectItem(type, payload);
    } catch {
      this.rules.faults++; // cannot be made safe: the door counts and drops it
      return undefined;
    }
  }

  header(header: unknown): unknown {
    try {
      return new Walk(this.rules, { record: false, limits: this.rules.limits }).value(header, HEADER);
    } catch {
      this.rules.faults++; // not sent: an envelope goes out with an empty header or not at all
      return {};
    }
  }

  text(value: string): string {
    try {
      const clean = this.rules.texts.scrub(readable(value, this.rules.limits.text), OPEN);
      const sent = value.length > this.rules.limits.text ? cutText(clean, this.rules.limits.text) : clean;
      if (sent !== value) this.rules.removed++;
      return sent;
    } catch {
      this.rules.faults++; // a rule failed: the text is not sent
      return marker('fault');
    }
  }

  inspect(value: unknown): { output: unknown; removed: Removal[] } {
    const kind = kindOfItem(value);
    const variables = kind === 'event' ? graphqlVariables(value) : undefined;
    const walk = new Walk(this.rules, { record: true, limits: this.rules.limits, variables });
    const output = walk.value(
      value,
      variables ? GRAPHQL_EVENT : kind ? fieldContextOf(kind, this.rules.keepsContact) : DATA,
    );
    const removed = walk.trail.removals.flatMap(({ path, remarks }) =>
      remarks.map(([rule]) => ({ path: path.join('.'), rule })),
    );
    return { output, removed };
  }

  explain(value: string, key?: string): Explanation {
    return explainValue(this.rules, value, key);
  }

  private objectItem(type: string, payload: unknown): unknown {
    const record = WITH_META.has(type);
    const variables = record ? graphqlVariables(payload) : undefined;
    const place = variables ? GRAPHQL_EVENT : fieldContextOf(type, this.rules.keepsContact);
    const limits = WITHOUT_LIMITS.has(type) ? undefined : this.rules.limits;
    const walk = new Walk(this.rules, { record, limits, variables });
    const parsed = variables ? withParsedBody(payload) : payload;
    let output = walk.value(parsed, place);
    if (parsed !== payload) output = withTextBody(output);
    let removals: readonly Found[] = walk.trail.removals;
    if (limits && walk.size > limits.bytes) {
      const fitted = fitBytes(this.rules, output, place, limits, removals);
      output = fitted.output;
      removals = fitted.removals;
    }
    if (!record || removals.length === 0 || typeof output !== 'object' || output === null) return output;
    return { ...output, _meta: buildMeta(removals, (output as { _meta?: unknown })._meta) };
  }

  /** A payload that has been serialised before: parsed, scrubbed as what it is, put back. */
  private textItem(type: string, text: string): string {
    const parsed = type === 'attachment' ? undefined : parseDocument(text);
    if (parsed === undefined || typeof parsed === 'string') return this.rules.texts.scrub(text, OPEN);
    const clean = this.objectItem(type, parsed);
    return clean === parsed ? text : (toJson(clean) ?? marker('fault'));
  }
}
