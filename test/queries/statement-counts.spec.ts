import { StatementCounts } from '../../lib/queries/statement-counts';

const source = { dataSource: 'default' };

test('a statement is counted however many others came before', () => {
  const counts = new StatementCounts();
  for (let at = 0; at < 1_000; at++) counts.of(`SELECT ${at}`, source)!.count++;
  for (let at = 0; at < 10; at++) counts.of('SELECT a', source)!.count++;
  expect(counts.of('SELECT a', source)!.count).toBe(10);
});

test('a statement that a warning is due for is not forgotten', () => {
  const counts = new StatementCounts();
  counts.of('SELECT first', source)!.isExcessive = true;
  counts.of('SELECT slow', source)!.wasSlow = true;
  for (let at = 0; at < 1_000; at++) counts.of(`SELECT ${at}`, source);
  expect(counts.of('SELECT slow', source)!.wasSlow).toBe(true);
  expect(counts.excessive.map(({ statement }) => statement)).toEqual(['SELECT first']);
});

test('memory stays the same, even if all are due', () => {
  const counts = new StatementCounts();
  for (let at = 0; at < 1_000; at++) {
    const counted = counts.of(`SELECT ${at}`, source);
    if (counted) counted.isExcessive = true;
  }
  expect(counts.excessive).toHaveLength(200);
});

test('equal statements of two data sources are two', () => {
  const counts = new StatementCounts();
  counts.of('SELECT 1', source)!.count++;
  expect(counts.of('SELECT 1', { dataSource: 'other' })!.count).toBe(0);
});
