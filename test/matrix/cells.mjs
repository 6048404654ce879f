import { dependencySets, kinds, nodeMajors, platforms, resolutions, starts } from './dependency-sets.mjs';

const combine = (...lists) =>
  lists.reduce((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);

/** Each dependency set once, on the running Node, with alternating kinds of modules and platforms. */
const shortRows = [
  [dependencySets[0], kinds[0], 'Express'],
  [dependencySets[1], kinds[1], 'Fastify'],
  [dependencySets[2], kinds[0], 'Express'],
];
const shortResolutions = ['node16', 'nodenext', 'bundler'];
const shortMajor = Number(process.versions.node.split('.')[0]);

/** What one application is started with, and the title of its line. */
function cell([set, kind, major, platform, start]) {
  return {
    set,
    kind,
    major,
    platform,
    start,
    title: `${set.name}, ${kind.name}, Node ${major}, ${platform}, ${starts[start].what}`,
  };
}

export const applicationCells = (isShort) => {
  const ways = Object.keys(starts);
  if (!isShort) return combine(dependencySets, kinds, nodeMajors, platforms, ways).map(cell);
  return shortRows.flatMap(([set, kind, platform]) => ways.map((way) => cell([set, kind, shortMajor, platform, way])));
};

/** What each project is compiled with; in the short form, each way of resolution occurs once. */
export const resolutionsOf = (isShort, at) => (isShort ? [shortResolutions[at]] : resolutions);

/** The projects that these cells need. */
export function projectRows(cells) {
  return combine(dependencySets, kinds).filter(([set, kind]) =>
    cells.some((each) => each.set === set && each.kind === kind),
  );
}
