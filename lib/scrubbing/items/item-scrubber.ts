import { GRAPHQL_EVENT } from '../fields/event-fields.js';
import { DATA } from '../fields/field-context.js';
import { HEADER_FIELDS } from '../fields/header-fields.js';
import { WITH_META, WITHOUT_LIMITS, fieldsOfItem } from '../fields/item-fields.js';
import type { Limits } from '../limits/limits.js';
import { UNREAD, marker } from '../markers/marker.js';
import { STEPS_TO_PARSE, parseDocument } from '../texts/encodings/json-document.js';
import { toJson } from '../texts/encodings/to-json.js';
import { OPEN } from '../texts/rule-kinds.js';
import type { CompiledRules } from '../walk/compiled-rules.js';
import type { RecordedRemoval } from '../walk/remarks.js';
import { Walk } from '../walk/walk.js';
import { scrubBytes } from './attachment-bytes.js';
import { buildMeta } from './event-meta.js';
import { fitBytes } from './trim-to-size.js';
import { graphqlVariables, withParsedBody, withTextBody } from './graphql-variables.js';
import { typeOfItem } from './item-type.js';
import { BATCH_SIZE, membersOf, scrubMembers } from './batch-members.js';

/** Steps to scan one character. */
const SCAN = 6;
/** Steps to count and to cut one byte of a batch that may be too large. */
const STEPS_TO_FIT = 4;
const BATCHES: ReadonlySet<string> = new Set(['span', 'log', 'trace_metric']);

/** Scrubs the items and headers of envelopes. Throws if a payload cannot be read at all. */
export class ItemScrubber {
  constructor(private readonly rules: CompiledRules) {}

  /** The payload of an item: an object, or the string or bytes that it was serialized to. */
  item(type: string, payload: unknown): unknown {
    return toEnd(this.pieces(type, payload));
  }

  /** Stops wherever the rest can wait: before each member of a batch. */
  *pieces(type: string, payload: unknown): Pieces {
    const { work } = this.rules;
    if (type === 'event') work.beginEvent();
    else work.begin();
    if (typeof payload === 'string') return this.serialized(type, payload);
    if (payload instanceof Uint8Array) {
      const isTooMuch = (size: number) => size > work.left / SCAN;
      return scrubBytes(payload, (text) => this.serialized(type, text), isTooMuch, UNREAD);
    }
    return yield* this.object(type, payload);
  }

  header(header: unknown): unknown {
    this.rules.work.begin();
    return new Walk(this.rules, { record: false, limits: this.rules.limits }).value(header, HEADER_FIELDS);
  }

  /** Scrubs a value whose type is unknown, and reports every removal. */
  inspect(value: unknown): { output: unknown; removals: readonly RecordedRemoval[] } {
    this.rules.work.begin();
    const type = typeOfItem(value);
    const variables = type === 'event' ? graphqlVariables(value) : undefined;
    const walk = new Walk(this.rules, { record: true, limits: this.rules.limits, variables });
    const output = walk.value(
      value,
      variables ? GRAPHQL_EVENT : type ? fieldsOfItem(type, this.rules.keepsContact) : DATA,
    );
    return { output, removals: walk.log.removals };
  }

  private *object(type: string, payload: unknown): Pieces {
    const record = WITH_META.has(type);
    const variables = record ? graphqlVariables(payload) : undefined;
    const field = variables ? GRAPHQL_EVENT : fieldsOfItem(type, this.rules.keepsContact);
    const limits = this.limitsOf(type);
    const walk = new Walk(this.rules, { record, limits, variables });
    const parsed = variables ? withParsedBody(payload) : payload;
    const members = membersOf(type, parsed);
    let output = members ? yield* scrubMembers(walk, members, field) : walk.value(parsed, field);
    if (parsed !== payload) output = withTextBody(output);
    let removals: readonly RecordedRemoval[] = walk.log.removals;
    if (limits && walk.budget.bytes > limits.bytes) {
      if (members) {
        yield;
        this.rules.work.begin();
        this.rules.work.spend(limits.bytes * STEPS_TO_FIT);
      }
      const fitted = fitBytes(this.rules, output, field, limits, removals, walk.budget.bytes);
      output = fitted.output;
      removals = fitted.removals;
    }
    if (!record || removals.length === 0 || typeof output !== 'object' || output === null) return output;
    return { ...output, _meta: buildMeta(removals, (output as { _meta?: unknown })._meta) };
  }

  /** A batch contains many items, whose number the SDK bounds. */
  private limitsOf(type: string): Limits | undefined {
    if (WITHOUT_LIMITS.has(type)) return undefined;
    const { limits } = this.rules;
    return BATCHES.has(type) ? { ...limits, bytes: limits.bytes * BATCH_SIZE } : limits;
  }

  /** Parses the payload, scrubs it as the item it is, and serializes it again. */
  private serialized(type: string, text: string): string {
    const { work } = this.rules;
    if (text.length > work.left / STEPS_TO_PARSE) return UNREAD;
    work.spend(text.length * (type === 'attachment' ? 0 : STEPS_TO_PARSE));
    const parsed = type === 'attachment' ? undefined : parseDocument(text);
    if (parsed === undefined || typeof parsed === 'string') return this.rules.texts.whole(text, OPEN);
    const clean = toEnd(this.object(type, parsed));
    return clean === parsed ? text : (toJson(clean) ?? marker('fault'));
  }
}

/** A scrubber that stops between two pieces of its work, and returns what is sent. */
export type Pieces = Generator<undefined, unknown, undefined>;

function toEnd(pieces: Pieces): unknown {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}
