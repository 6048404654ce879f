import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { pages, root } from './code-blocks';

const others = ['lib/README.md', 'CONTRIBUTING.md', 'SECURITY.md'];
/** How the README names files of the repository: it is shown by npm, too. */
const OWN_FILES =
  /^https:\/\/(?:github|raw\.githubusercontent)\.com\/nestjs-error-tracker\/nestjs-error-tracker\/(?:blob\/)?main\//;

const textOf = (page: string): string => readFileSync(join(root, page), 'utf8').replace(/^ *```[^]*?^ *```$/gm, '');

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading] of textOf(page).matchAll(/^#{1,6} (.+)$/gm)) {
    const text = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = text.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}

/** The targets of the links and pictures of a page, without code. */
function linksOf(page: string): string[] {
  const text = textOf(page).replace(/`[^`\n]*`/g, '`');
  const pattern = /\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$|(?:src|srcset|href)="([^"]+)"/gm;
  return [...text.matchAll(pattern)].map(([, inline, named, html]) => inline ?? named ?? html!);
}

function problemOf(page: string, link: string): string | undefined {
  const [path, anchor] = link.split('#') as [string, string?];
  const target = OWN_FILES.test(link) ? path.replace(OWN_FILES, '') : normalize(join(dirname(page), path));
  const file = path === '' ? page : target;
  if (!existsSync(join(root, file))) return `no file ${file}`;
  if (anchor === undefined) return undefined;
  const text = statSync(join(root, file)).isDirectory() ? `${file}/README.md` : file;
  return anchorsOf(text).has(anchor) ? undefined : `no heading #${anchor} in ${text}`;
}

test.each([...pages, ...others])('every link of %s leads to a file and a heading', (page) => {
  const own = linksOf(page).filter((link) => OWN_FILES.test(link) || !/^[a-z]+:/.test(link));
  const problems = own.map((link) => [link, problemOf(page, link)]).filter(([, problem]) => problem !== undefined);
  expect(problems).toEqual([]);
});

test('every named link of a page is defined', () => {
  for (const page of pages) {
    const text = textOf(page);
    const defined = new Set([...text.matchAll(/^\[([^\]]+)\]: /gm)].map(([, name]) => name!.toLowerCase()));
    const used = [...text.replace(/`[^`\n]*`/g, '`').matchAll(/\]\[([^\]]+)\]/g)].map(([, name]) =>
      name!.toLowerCase(),
    );
    expect([page, ...used.filter((name) => !defined.has(name))]).toEqual([page]);
  }
});

test('every page below docs is linked from its index', () => {
  const linked = linksOf('docs/README.md').map((link) => normalize(join('docs', link.split('#')[0]!)));
  expect(
    pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md' && !linked.includes(page)),
  ).toEqual([]);
});
