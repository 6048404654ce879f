// Runs the same applications and the same tables of expectations with plain @sentry/nestjs and with this library, and
// prints how many rows are as expected. Rows about features of this library alone are skipped. An argument selects the
// tables whose title contains it.
const { KINDS } = require('./start.cjs');
const eventTables = require('./event-tables.cjs');
const factTables = require('./fact-tables.cjs');

async function main() {
  const wanted = process.argv[2]?.toLowerCase() ?? '';
  const chosen = (tables) => tables.filter(({ title }) => title.toLowerCase().includes(wanted));
  const events = [];
  for (const { title, play } of chosen(eventTables)) {
    for (const [kind, name] of Object.entries(KINDS)) {
      const { rows, right, missed, noise, 'more than once': doubled } = await play(kind);
      events.push(`| ${title} | ${name} | ${rows} | ${right} | ${missed} | ${doubled} | ${noise} |`);
    }
  }
  const facts = [];
  for (const { title, play } of chosen(factTables)) {
    for (const [kind, name] of Object.entries(KINDS)) {
      process.stderr.write(`\r${title}, ${kind}   `);
      const rows = await play(kind);
      const wrong = rows.filter(([, holds]) => !holds).map(([fact]) => fact);
      facts.push(`| ${title} | ${name} | ${rows.length} | ${rows.length - wrong.length} | ${wrong.join('; ')} |`);
    }
  }
  process.stderr.write('\n');
  console.log(
    '| suite | library | expectations | met | missed | reported more than once | reported although expected |',
  );
  console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
  console.log(events.join('\n'));
  console.log('\n| suite | library | checks | passed | failed |');
  console.log('| --- | --- | ---: | ---: | --- |');
  console.log(facts.join('\n'));
}
main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
