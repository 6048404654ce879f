import { ItemStore } from '../../lib/inbox/item-store.js';

const item = (id: string, length = 10) => ({ id, type: 'event', json: 'x'.repeat(length) });
const ids = (store: ItemStore): string => store.newest().map(({ id }) => id).join(''); // prettier-ignore

it('keeps the last items by number', () => {
  const store = new ItemStore(2, 1000);
  for (const id of 'abc') store.add(item(id));
  expect(ids(store)).toBe('cb');
});

it('keeps the last items by their length', () => {
  const store = new ItemStore(100, 35);
  for (const id of 'abcd') store.add(item(id));
  expect(ids(store)).toBe('dcb');
  store.add(item('e', 30));
  expect(ids(store)).toBe('e');
});

it('keeps the newest even if it exceeds the limit by itself', () => {
  const store = new ItemStore(100, 35);
  store.add(item('a'));
  store.add(item('b', 99));
  expect(ids(store)).toBe('b');
  store.add(item('c'));
  expect(ids(store)).toBe('c');
});
