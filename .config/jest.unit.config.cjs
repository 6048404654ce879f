/** `npm run test:unit`: the specs of pure modules, which need neither a build nor the lanes. */
process.env.TEST_SUITE = 'unit'; // inherited by the workers: a spec that starts an application fails at once
module.exports = {
  ...require('./jest.config.cjs'),
  testPathIgnorePatterns: require('./jest.applications.cjs'),
};
