import { compileScrubber } from '../../lib/scrubbing/index.js';
import { STATED_FORMS } from '../../lib/scrubbing/texts/statements/stated-forms.js';
import { ATTACKED } from './field/attacked.js';
import { CLIENTS } from './field/clients.js';
import { COLLECTED } from './field/collected.js';
import { COMMANDS } from './field/commands.js';
import { CONFIGURED } from './field/configured.js';
import { CONSOLES } from './field/consoles.js';
import { DATABASES } from './field/databases.js';
import { GATHERED } from './field/gathered.js';
import { KEPT } from './field/kept.js';
import { LIBRARIES } from './field/libraries.js';
import { LOOKALIKES } from './field/lookalikes.js';
import { MISSED } from './field/missed.js';
import { MIXED } from './field/mixed.js';
import { BROKEN_PROMISES, HARMLESS_NAMES, SECRET_NAMES } from './field/names.js';
import { NEAR_MISSES } from './field/near-misses.js';
import { OBSERVED } from './field/observed.js';
import { PLATFORMS } from './field/platforms.js';
import { PRINTED } from './field/printed.js';
import { PROTOCOLS } from './field/protocols.js';
import { SCRIPTED } from './field/scripted.js';
import { SIGNED } from './field/signed.js';
import { SPARED } from './field/spared.js';
import { STATED } from './field/stated.js';
import { STORES } from './field/stores.js';
import { STRUCTURES } from './field/structures.js';
import { VALIDATORS } from './field/validators.js';
import { VENDOR_FORMS } from './field/vendor-forms.js';
import { sample } from './held-out/samples.js';

const scrubber = compileScrubber({ pseudonymKey: 'field' });
const SECRET = 'Marble-otter52';

/** The value in the places where it may be sent; a message is one of them if it is a text. */
function places(value: unknown): Record<string, object> {
  const extra = { event_id: 'e'.repeat(32), extra: { value } };
  if (typeof value !== 'string') return { extra, context: { contexts: { app: { value } } } };
  return {
    extra,
    message: { message: value },
    exception: { exception: { values: [{ type: 'Error', value }] } },
    breadcrumb: { breadcrumbs: [{ category: 'console', message: value }] },
  };
}

function isIn(sent: string, part: string): boolean {
  return sent.includes(part) || sent.replaceAll('\\', '').includes(part.replaceAll('\\', ''));
}

describe.each(
  Object.entries({
    DATABASES,
    VALIDATORS,
    CONSOLES,
    PROTOCOLS,
    COMMANDS,
    STRUCTURES,
    MISSED,
    MIXED,
    PRINTED,
    STATED,
    OBSERVED,
    LIBRARIES,
    KEPT,
    SPARED,
    ATTACKED,
    SIGNED,
    CONFIGURED,
    STORES,
    CLIENTS,
    PLATFORMS,
    LOOKALIKES,
    GATHERED,
    COLLECTED,
    SCRIPTED,
    NEAR_MISSES,
  }),
)('%s', (_kind, cases) => {
  it.each(cases.map((entry) => [entry[0], entry] as const))('%s', (_name, [, value, gone, kept]) => {
    for (const [place, event] of Object.entries(places(value))) {
      const before = JSON.stringify(event);
      const item = scrubber.item('event', event) as Record<string, unknown>;
      const sent = JSON.stringify({ ...item, _meta: undefined });
      const left = gone.filter((part) => isIn(sent, part));
      const lost = kept.filter((part) => !isIn(sent, part));
      expect({ place, left, lost }).toEqual({ place, left: [], lost: [] });
      expect(JSON.stringify(event)).toBe(before);
      expect(JSON.stringify(scrubber.item('event', JSON.parse(JSON.stringify(item))))).toBe(JSON.stringify(item));
    }
  });
});

describe('keys of vendors', () => {
  it.each(VENDOR_FORMS.map(([vendor, form], at) => [vendor, sample(form, at + 3)] as const))('%s', (_vendor, key) => {
    for (const [place, event] of Object.entries(places(`upstream said ${key} is not accepted`))) {
      const sent = JSON.stringify(scrubber.item('event', event));
      expect({
        place,
        left: sent.includes(key.slice(-16)),
        text: /upstream said .* is not accepted/.test(sent),
      }).toEqual({
        place,
        left: false,
        text: true,
      });
    }
  });
});

describe('names', () => {
  it.each(SECRET_NAMES.split(' '))('%s is that of a secret', (name) => {
    expect(JSON.stringify(scrubber.item('event', { extra: { [name]: SECRET } }))).not.toContain(SECRET);
  });

  it.each(HARMLESS_NAMES)('%s: %j stays', (name, value) => {
    expect(scrubber.item('event', { extra: { [name]: value } })).toEqual({ extra: { [name]: value } });
  });

  it.each(BROKEN_PROMISES)('%s: %j goes', (name, value) => {
    expect(JSON.stringify(scrubber.item('event', { extra: { [name]: value } }))).not.toContain(SECRET);
  });
});

describe('sentences that state a secret', () => {
  it.each(STATED_FORMS.map((form) => [form.example, form] as const))('%s', (example, { hint, form }) => {
    const text = example.replaceAll('$', () => SECRET);
    expect([hint.test(text), text.search(form) !== -1]).toEqual([true, true]);
    const sent = JSON.stringify(scrubber.item('event', { extra: { text } }));
    expect(sent).not.toContain(SECRET);
    const harmless = text.replace(/password|secretWord|secret/gi, 'city').replaceAll(SECRET, 'Bergen-52');
    expect(JSON.stringify(scrubber.item('event', { extra: { text: harmless } }))).toContain('Bergen-52');
  });
});
