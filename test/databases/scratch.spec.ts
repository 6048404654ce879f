import { DatabasesApp, queriesOf } from './databases-app';
import { appendFileSync } from 'node:fs';
const LANES = (process.env.LANES ?? '11,12').split(',');
const DBS = (process.env.DBS ?? 'sqlite,postgres,mariadb').split(',');
const cases = LANES.flatMap((l) => DBS.map((d) => [l, d] as const));
test.each(cases)(
  '%s %s',
  async (lane, db) => {
    const app = await DatabasesApp.start(lane as never, {
      DB: db,
      ENTRY: JSON.stringify({ slowerThan: '100ms' }),
      SENTRY_TRACES_SAMPLE_RATE: process.env.RATE ?? '1',
    });
    const out: string[] = [];
    for (const path of (
      process.env.PATHS ??
      'fails duplicate wrapped syntax transaction committed repeated slow exhausted own late logged long plain/pg plain/pg-callback plain/pg-fails plain/mysql plain/mysql-fails'
    ).split(' ')) {
      const events = await app.eventsOf(path);
      out.push(`=== ${lane} ${db} ${path}: ${events.length} events`);
      for (const e of events) {
        out.push(
          JSON.stringify({
            message: e.message,
            exc: e.exception?.values?.map((v: any) => `${v.type}: ${v.value.slice(0, 150)}`),
            tags: e.tags,
            fp: e.fingerprint,
            ctx: { database: e.contexts.database, query: e.contexts.query, pool: e.contexts.pool },
          }),
        );
        for (const q of queriesOf(e))
          out.push('   ' + q.level + ' ' + q.message.slice(0, 160) + ' ' + JSON.stringify(q.data));
      }
    }
    const st = await app.app.status();
    out.push(JSON.stringify({ pools: st.pools, hooks: st.hooks, faults: st.faults }));
    out.push(
      'leaks ' +
        ['secret-article', 'literal-value', 'customer-1@', 'secret-in-syntax', 'anna@plain', 'literal-of-plain'].filter(
          (x) => app.receiver.bytes.includes(x),
        ),
    );
    await app.stop();
    appendFileSync('/tmp/db-out.txt', out.join('\n') + '\n' + app.app.output.slice(0, 2000) + '\n');
  },
  100000,
);
