// Preloaded into a test application: an SDK without metrics (METRICS=none) or with its former API (METRICS=old).
import { createRequire, register } from 'node:module';

const OLD = `{
  increment: (name, value, options) => process.send({ metric: ['increment', name, value, options.tags] }),
  gauge: (name, value, options) => process.send({ metric: ['gauge', name, value, options.tags] }),
}`;
const isOld = process.env.METRICS === 'old';

const extensions = createRequire(import.meta.url).extensions;
const load = extensions['.js'];
extensions['.js'] = (module, file) => {
  load(module, file);
  if (!/@sentry.nestjs.build.cjs.index\.js$/.test(file)) return;
  if (isOld) module.exports.metrics = (0, eval)(`(${OLD})`);
  else delete module.exports.metrics;
};

register(
  `data:text/javascript,${encodeURIComponent(`
    export async function load(url, context, next) {
      const loaded = await next(url, context);
      const isNest = /@sentry\\/nestjs\\/build\\/esm\\/index\\.js$/.test(url);
      const isNode = /@sentry\\/node\\/build\\/esm\\/index\\.js$/.test(url);
      const source = String(loaded.source ?? '');
      if (isNest && ${isOld}) return { ...loaded, source: source + ${JSON.stringify(`\nexport const metrics = ${OLD};`)} };
      if (isNode && !${isOld}) return { ...loaded, source: source.replace(/\\bmetrics,|,\\s*metrics\\b(?= \\})/g, '') };
      return loaded;
    }
  `)}`,
);
