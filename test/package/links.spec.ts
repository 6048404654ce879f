import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
/** npm packs these by itself. */
const packed = [...files, 'LICENSE', 'README.md'];

test('every link of the README leads somewhere, also where it is packed without the docs', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const targets = [...text.matchAll(/\]\(([^)]+)\)|^\[[^\]]+\]: (\S+)$/gm)].map(
    ([, inline, named]) => inline ?? named!,
  );
  const paths = targets.map((target) => target.replace(/#.*$/, ''));
  const inRepository = paths.map((path) => /\/blob\/main\/(.+)$/.exec(path)?.[1]).filter((path) => path !== undefined);
  const relative = paths.filter((path) => path !== '' && !/^https?:/.test(path));
  expect(inRepository.length).toBeGreaterThan(10);
  expect([...inRepository, ...relative].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(relative.filter((path) => !packed.includes(path))).toEqual([]);
});
