import { setImmediate as nextTurn } from 'node:timers/promises';
import { ScrubbingTurns } from '../../lib/delivery/scrubbing-turns.js';
import { activeTransport } from '../../lib/delivery/status.js';
import { startTransport } from './direct-transport.js';

const COSTLY = 18_000_000;

describe('the turns of scrubbing', () => {
  /** Adds work that takes these steps for each of its pieces; returns which of it is done. */
  function turnsWith(): { turns: ScrubbingTurns; add: (name: string, ...pieces: number[]) => void; done: string[] } {
    let steps = 0;
    const done: string[] = [];
    const turns = new ScrubbingTurns(() => steps);
    const add = (name: string, ...pieces: number[]): void => {
      turns.add(() => {
        steps += pieces.shift() ?? 0;
        if (pieces.length === 0) done.push(name);
        return pieces.length === 0;
      });
    };
    return { turns, add, done };
  }

  it('take what is cheap at once, and one costly piece', async () => {
    const { turns, add, done } = turnsWith();
    for (let at = 0; at < 10; at++) add(`${at}`, 100_000);
    add('costly', COSTLY);
    expect(done).toHaveLength(11);
    add('next', 1);
    expect(done).not.toContain('next');
    await nextTurn();
    expect(done).toContain('next');
    expect(turns.isIdle).toBe(true);
  });

  it('take one costly piece each, in the order in which the work came', async () => {
    const { add, done } = turnsWith();
    for (const name of ['a', 'b']) add(name, COSTLY, COSTLY);
    expect(done).toEqual([]);
    await nextTurn();
    expect(done).toEqual(['a']);
    await nextTurn();
    await nextTurn();
    expect(done).toEqual(['a', 'b']);
  });

  it('are counted anew after each turn', async () => {
    const { add, done } = turnsWith();
    for (let at = 0; at < 5; at++) {
      add(`${at}`, COSTLY);
      expect(done).toHaveLength(at + 1);
      await nextTurn();
    }
  });

  it('end when the process does: everything is done at once', async () => {
    const { turns, add, done } = turnsWith();
    for (let at = 0; at < 10; at++) add(`${at}`, COSTLY, COSTLY);
    expect(done.length).toBeLessThan(2);
    turns.finish();
    expect(done).toHaveLength(10);
    await turns.idle();
  });

  it('let no more than 200 wait', () => {
    const { add, done } = turnsWith();
    for (let at = 0; at < 1_000; at++) add(`${at}`, COSTLY);
    expect(done.length).toBeGreaterThanOrEqual(800);
  });

  it('do what a piece adds after that piece', () => {
    const { turns, add, done } = turnsWith();
    turns.add(() => {
      add('inner', 1);
      done.push('outer');
      return true;
    });
    expect(done).toEqual(['outer', 'inner']);
  });
});

describe('a transport', () => {
  const dense = 'Cookie: a=b; password=hunter2, mysql -px '.repeat(1_500);

  const eventAt = (at: number): never => [{}, [[{ type: 'event' }, { extra: { text: `${at} ${dense}` } }]]] as never;
  const logsAt = (count: number): never =>
    [
      {},
      [
        [
          { type: 'log', item_count: count },
          {
            items: Array.from({ length: count }, (_, at) => ({
              body: `log ${at}`,
              level: 'info',
              attributes: { text: { type: 'string', value: `${at} ${dense}` } },
            })),
          },
        ],
      ],
    ] as never;

  it.each([
    ['fifty hostile events', () => Array.from({ length: 50 }, (_, at) => eventAt(at))],
    ['hostile logs', () => [logsAt(100)]],
  ])('spreads %s that come in one turn over as many turns as they take', async (_name, envelopes) => {
    const { transport, sent, scrubber } = startTransport();
    let most = 0;
    let before = scrubber.steps;
    const all = Promise.all(envelopes().map((envelope) => transport.send(envelope)));
    const progress = { isDone: false };
    void all.then(() => (progress.isDone = true));
    for (let turns = 0; !progress.isDone && turns < 1_000; turns++) {
      most = Math.max(most, scrubber.steps - before);
      before = scrubber.steps;
      await nextTurn();
    }
    expect(most).toBeLessThan(COSTLY + 5_000_000);
    expect(sent).toHaveLength(envelopes().length);
    expect(JSON.stringify(sent)).not.toContain('hunter2');
  });

  it('flushes what still waits for its turn', async () => {
    const { transport, sent } = startTransport();
    for (let at = 0; at < 20; at++) void transport.send(eventAt(at));
    expect(sent.length).toBeLessThan(20);
    expect(await transport.flush(10_000)).toBe(true);
    expect(sent).toHaveLength(20);
  });

  it('gives up a flush in time', async () => {
    const { transport } = startTransport();
    for (let at = 0; at < 60; at++) void transport.send(eventAt(at));
    expect(await transport.flush(0)).toBe(false);
    activeTransport.outbox?.shut();
  });

  it('has scrubbed everything once it is closed', async () => {
    const { transport, sent } = startTransport();
    for (let at = 0; at < 20; at++) void transport.send(eventAt(at));
    activeTransport.outbox?.shut();
    await nextTurn();
    expect(sent).toHaveLength(20);
  });
});
