// Loads the harness, and says how an application starts with plain @sentry/nestjs and with this library.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const ts = require('typescript');

require.extensions['.ts'] = (module, file) => {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  module._compile(ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions: options }).outputText, file);
};

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const isSource = /^\.{1,2}\/.*\.js$/.test(request) && parent?.filename.endsWith('.ts');
  return resolve.call(this, isSource ? request.slice(0, -3) + '.ts' : request, parent, ...rest);
};

const KINDS = { plain: '`@sentry/nestjs`', tracker: 'this library' };

/** @param {'plain' | 'tracker'} kind */
function startOptions(kind) {
  return kind === 'plain'
    ? { env: { BARE: '1', PLAIN: '1' }, nodeOptions: ['--require', join(__dirname, 'plain-instrument.cjs')] }
    : { env: { START: 'init' }, nodeOptions: [] };
}

module.exports = { KINDS, startOptions };
