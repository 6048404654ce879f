const NAME = 24;
const SHARE = 10;
const TIME = 8;
const AIMS = { clean: 1, dirty: 2 };

const percent = (share) => `${(share * 100).toFixed(1)} %`;
const ratio = (time) => `${time.ratio.toFixed(time.ratio < 100 ? 2 : 0)} x`;
const kind = (dirty) => (dirty ? 'dirty' : 'clean');
const line = (name, shares, times) =>
  name.padEnd(NAME) +
  shares.map((cell) => cell.padStart(SHARE)).join('') +
  times.map((cell) => cell.padStart(TIME)).join('');

/** One row for each contestant: recall, precision, and its time as a multiple of the first one's, which is in µs. */
export function printTable({ title, columns }, contestants, judgements) {
  console.log(`\n${title}\n`);
  console.log(
    line(
      '',
      ['', ''],
      columns.map(({ size, dirty }) => (dirty ? '' : size)),
    ),
  );
  console.log(
    line(
      '',
      ['recall', 'precision'],
      columns.map(({ dirty }) => kind(dirty)),
    ),
  );
  contestants.forEach(({ name }, at) => {
    const { recall, precision } = judgements[at] ?? {};
    const shares = judgements[at] ? [percent(recall), percent(precision)] : ['', ''];
    const cell = ({ times }) => (at === 0 ? `${Math.round(times[0].microseconds)} µs` : ratio(times[at]));
    console.log(line(name, shares, columns.map(cell)));
  });
}

export function printAims(tables, contestants, judgements) {
  const own = contestants.findIndex((contestant) => contestant.own);
  console.log(
    '\nRecall: strings of the corpus that must go and are gone. Precision: strings that must stay and are there.' +
      '\nTimes: CPU of one event, medians, as a multiple of JSON.stringify of the same event.',
  );
  judgements.forEach((judgement, at) => {
    if (judgement?.faults)
      console.log(`${contestants[at].name} threw in ${judgement.faults} cases: nothing is sent then.`);
    if (judgement?.touched) console.log(`${contestants[at].name} changed its input in ${judgement.touched} cases.`);
  });
  const columns = tables.flatMap((table) => table.columns);
  for (const [is, aim] of Object.entries(AIMS)) {
    const cells = columns.filter(({ dirty }) => kind(dirty) === is);
    const over = cells.filter(({ times }) => times[own].ratio > aim);
    const worst = Math.max(...cells.map(({ times }) => times[own].ratio)).toFixed(2);
    verdict(
      `a ${is} event costs at most ${aim} x`,
      over.length === 0,
      `worst ${worst} x, ${over.length} of ${cells.length} over`,
    );
  }
  const faster = contestants.filter(
    ({ own: ours, serialises }, at) =>
      !ours &&
      !serialises &&
      judgements[at].recall >= judgements[own].recall &&
      columns.some(({ times }) => times[at].microseconds < times[own].microseconds),
  );
  verdict('no peer is faster at equal recall', faster.length === 0, faster.map(({ name }) => name).join(', '));
}

function verdict(aim, met, detail) {
  console.log(`${met ? 'met    ' : 'not met'}  ${aim}${detail && ` (${detail})`}`);
}
