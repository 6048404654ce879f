// The longest block of the event loop for each hostile value in each place, with this library and with plain
// @sentry/nestjs. Prints two tables: by value and by place, and one of all if ALL is set.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { places } from './places.mjs';
import { chosenValues as values } from './chosen-values.mjs';

const here = dirname(fileURLToPath(import.meta.url));
await import('../../harness/prepare-lanes.mjs');
const lane = join(here, '..', '..', '..', '.lanes', '11');
const RUNS = Number(process.env.RUNS ?? 3);
const LIMIT = Number(process.env.LIMIT ?? 20_000);
const only = (names, wanted) => names.filter((name) => !wanted || wanted.split('|').includes(name));
const matching = new RegExp(process.env.MATCH ?? '');
const valueNames = only(Object.keys(values), process.env.VALUES).filter((name) => matching.test(name));
const placeNames = only(Object.keys(places), process.env.PLACES);
const kinds = only(['library', 'plain'], process.env.KINDS);

const sink = createServer((incoming, response) => {
  incoming.resume().on('end', () => response.end('{}'));
});
await new Promise((resolve) => sink.listen(0, '127.0.0.1', resolve));
const SENTRY_DSN = `http://key@127.0.0.1:${sink.address().port}/1`;

function start(kind, place) {
  const child = fork(join(here, 'app.mjs'), [lane, kind, place], {
    env: { ...process.env, SENTRY_DSN },
    execArgv: ['--expose-gc', '--max-old-space-size=3000'],
    stdio: ['ignore', 'ignore', process.env.SHOW ? 'inherit' : 'ignore', 'ipc'],
  });
  return { child, ready: answerOf(child, 60_000) };
}

/** Infinity if there is none in time: it hangs, or it has run out of memory. */
function answerOf(child, limit) {
  return new Promise((resolve) => {
    const finish = (answer) => {
      clearTimeout(timer);
      child.off('message', finish);
      child.off('exit', exited);
      resolve(answer);
    };
    const exited = () => finish(Infinity);
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      finish(Infinity);
    }, limit);
    child.on('message', finish);
    child.on('exit', exited);
  });
}

const shown = (time) =>
  time === undefined ? '–' : time === Infinity ? `> ${LIMIT / 1000} s` : `${time.toFixed(time < 10 ? 1 : 0)} ms`;
const median = (times) => [...times].sort((one, other) => one - other)[Math.floor((times.length - 1) / 2)];

async function measure(kind, place) {
  const blocks = {};
  let app;
  for (const name of valueNames) {
    const times = [];
    for (let run = 0; run < RUNS; run++) {
      app ??= start(kind, place);
      if ((await app.ready) === Infinity) throw new Error(`${kind}: the application for "${place}" does not start`);
      app.child.send(name);
      await answerOf(app.child, 60_000); // the value has been made
      const time = await answerOf(app.child, LIMIT);
      times.push(time);
      if (time === Infinity) {
        app = undefined;
        break; // it will hang again
      }
    }
    blocks[name] = times.includes(Infinity) ? Infinity : median(times);
  }
  app?.child.kill('SIGKILL');
  return blocks;
}

const results = { library: {}, plain: {} };
for (const place of placeNames) {
  for (const kind of kinds) {
    if (!places[place][kind]) continue;
    const blocks = (results[kind][place] = await measure(kind, place));
    const slow = Object.entries(blocks).filter(([, time]) => time > 30);
    process.stderr.write(
      `${kind}: ${place}: ${slow.map(([name, time]) => `${name} ${shown(time)}`).join(', ') || 'ok'}\n`,
    );
  }
}
sink.close();

const worst = (pairs) => pairs.reduce((one, other) => (other[1] > (one?.[1] ?? -1) ? other : one), undefined);
const cell = (pair) => (pair ? `${shown(pair[1])} | ${pair[0]}` : '– | ');
const byValue = (kind, name) => worst(Object.entries(results[kind]).map(([place, blocks]) => [place, blocks[name]]));
const byPlace = (kind, place) => worst(Object.entries(results[kind][place] ?? {}));

console.log(`longest turn of the event loop, median of ${RUNS}, Node.js ${process.version}\n`);
console.log('| value | this library | where | plain `@sentry/nestjs` | where |\n| --- | --: | --- | --: | --- |');
for (const name of valueNames)
  console.log(`| ${name} | ${cell(byValue('library', name))} | ${cell(byValue('plain', name))} |`);
console.log('\n| place | this library | with | plain `@sentry/nestjs` | with |\n| --- | --: | --- | --: | --- |');
for (const place of placeNames)
  console.log(`| ${place} | ${cell(byPlace('library', place))} | ${cell(byPlace('plain', place))} |`);
if (process.env.ALL) {
  for (const kind of kinds) {
    console.log(`\n${kind}`);
    for (const name of valueNames) {
      console.log(
        name,
        Object.entries(results[kind])
          .map(([place, blocks]) => `${place}: ${shown(blocks[name])}`)
          .join(', '),
      );
    }
  }
}
