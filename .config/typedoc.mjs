import { entryPoints, manifest, root } from '../.ci/entry-points.mjs';

const repository = manifest.homepage.replace(/#.*$/, '');

/** Names each module after what an application imports (`nestjs-error-tracker/init`), not after its file. */
function nameBySpecifier(app) {
  app.converter.on('resolveBegin', ({ project }) => {
    for (const module of project.children ?? []) {
      const entry = entryPoints.find(({ source }) => module.sources?.[0]?.fullFileName === `${root}${source}`);
      if (entry) module.name = entry.specifier;
    }
  });
}

/** The reference of the public API; `npm run docs` writes it to docs/reference. */
export default {
  name: manifest.name,
  entryPoints: entryPoints.map(({ source }) => `${root}${source}`),
  tsconfig: `${root}lib/tsconfig.build.json`,
  basePath: root,
  out: `${root}docs/reference`,
  readme: `${root}README.md`,
  disableGit: true,
  gitRevision: `v${manifest.version}`,
  sourceLinkTemplate: `${repository}/blob/{gitRevision}/lib/{path}#L{line}`,
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  treatWarningsAsErrors: true,
  plugin: [nameBySpecifier],
};
