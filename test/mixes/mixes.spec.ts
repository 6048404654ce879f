import { AppProcess, type Lane } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { representative } from '../harness/scale';

interface Mix {
  /** Calls of `Sentry.init()` and of `initSentry()`, in their order. */
  inits: string;
  /** Where they are called: below the imports, in a provider, in a hook, or once the application listens. */
  at?: 'main' | 'provider' | 'bootstrap' | 'listening';
  /** What the root module has of `@sentry/nestjs/setup` and of this library. */
  modules: string;
  client?: string;
  /** Parts of the notes that the application is given; nothing else of this library is in its output. */
  notes: string[];
  events: number;
  /** Where `npm test` runs it: each note once. */
  usually?: Lane;
}

const ADOPTED = 'Sentry.init() was called before initSentry()';
const REPLACED = 'Sentry.init() was called after initSentry()';
const HALF_DONE = 'Sentry was started by Sentry.init(), whose client is used';
const NO_MODULE = "Add SentryModule.forRoot() of 'nestjs-error-tracker' (not of '@sentry/nestjs/setup',";
const BOTH = "Remove SentryModule and SentryGlobalFilter of '@sentry/nestjs/setup'";
const NOT_STARTED = 'Sentry is not started: nothing is reported';
const NOTES = [ADOPTED, REPLACED, HALF_DONE, NO_MODULE, BOTH, NOT_STARTED];

const mixes: Mix[] = [
  { inits: 'ours', modules: 'ours', client: 'own', notes: [], events: 1 },
  { inits: 'plain,ours', modules: 'ours', client: 'adopted', notes: [ADOPTED], events: 1, usually: '12' },
  { inits: 'ours,plain', modules: 'ours', client: 'replaced', notes: [REPLACED], events: 1 },
  { inits: 'plain', modules: 'ours', client: 'adopted', notes: [HALF_DONE], events: 1, usually: '11' },
  { inits: 'plain', at: 'main', modules: 'ours', client: 'adopted', notes: [HALF_DONE], events: 1, usually: '11' },
  { inits: 'plain', at: 'provider', modules: 'ours', client: 'adopted', notes: [HALF_DONE], events: 1, usually: '12' },
  { inits: 'plain', at: 'bootstrap', modules: 'ours', client: 'adopted', notes: [HALF_DONE], events: 1 },
  {
    inits: 'plain',
    at: 'listening',
    modules: 'ours',
    client: 'adopted',
    notes: [NOT_STARTED, HALF_DONE],
    events: 1,
    usually: '11',
  },
  { inits: 'ours', at: 'provider', modules: 'ours', client: 'own', notes: [], events: 1 },
  { inits: 'ours', modules: 'plain', notes: [NO_MODULE], events: 0, usually: '11' },
  { inits: 'ours', modules: 'ours,used filter', client: 'own', notes: [BOTH], events: 1, usually: '12' },
  { inits: 'ours', modules: 'plain,filter,ours', client: 'own', notes: [BOTH], events: 1 },
  {
    inits: 'ours,plain',
    modules: 'plain,filter,ours',
    client: 'replaced',
    notes: [REPLACED, BOTH],
    events: 1,
    usually: '11',
  },
  { inits: 'plain,ours', modules: 'plain,filter,ours', client: 'adopted', notes: [ADOPTED, BOTH], events: 1 },
];

describe.each<Lane>(['11', '12'])('lane %s', (lane) => {
  const rows = representative(mixes, ({ usually }) => usually === lane);
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await Receiver.start();
  });
  beforeEach(() => {
    receiver.clear();
  });
  afterAll(async () => {
    await receiver.close();
  });

  test.each(rows.map((mix) => [mix.inits, mix.at ?? 'import', mix.modules, mix] as const))(
    'init by %s at %s, modules of %s: each failure once, scrubbed, with one note on what to remove',
    async (_inits, at, _modules, { inits, modules, client, notes, events }) => {
      const env = {
        INITS: inits,
        INITS_AT: at,
        MODULES: modules,
        SENTRY_DSN: receiver.dsn,
        SENTRY_ENVIRONMENT: 'test',
      };
      const app = await AppProcess.start({ lane, app: 'mixes', env });
      try {
        await fetch(`${app.url}/fail/1`);
        const status = await app.status();
        expect(status.client).toBe(client);
        expect(receiver.events).toHaveLength(events);
        for (const event of receiver.events) {
          expect(event.transaction).toBe('GET /fail/:id');
          expect(event.tags).toMatchObject({ handler: 'FailingController.fail', pattern: '/fail/:id' });
          expect(event.tags.request_id).toBe(event.contexts.trace.trace_id);
          expect(status.capture.reported).toBe(1);
        }
        await poll(async () => {
          for (const note of NOTES) expect(app.output.split(note)).toHaveLength(notes.includes(note) ? 2 : 1);
        });
        expect(receiver.bytes.includes('hunter2-secret')).toBe(false);
      } finally {
        await app.stop('SIGKILL');
      }
    },
  );
});
