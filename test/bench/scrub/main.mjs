/**
 * What scrubbing costs beside `JSON.stringify` of the same event, and beside what others do of the same job, with what
 * of it they get right.
 */
import { judge } from './corpus.mjs';
import { SIZES } from './events.mjs';
import { measure } from './measure.mjs';
import { everyone } from './peers.mjs';
import { printAims, printTable } from './print.mjs';

const VARIANTS = [
  ['Every string fresh: each event parsed anew', { shared: false }],
  ['Repeated parts shared: source lines, modules and contexts are the same strings in every event', { shared: true }],
];

const contestants = await everyone();
const judgements = contestants.map((contestant) => (contestant.serialises ? undefined : judge(contestant)));

const tables = [];
for (const [title, { shared }] of VARIANTS) {
  const columns = [];
  for (const size of SIZES)
    for (const dirty of [false, true])
      columns.push({ size, dirty, times: measure(contestants, size, { dirty, shared }) });
  const table = { title, columns };
  printTable(table, contestants, judgements);
  tables.push(table);
}
printAims(tables, contestants, judgements);
