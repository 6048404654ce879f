module.exports = {
  rootDir: '..',
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  setupFiles: ['<rootDir>/.config/jest.setup.cjs'],
  testEnvironment: '<rootDir>/.config/jest.environment.cjs',
  // Jest's clean-up of globals recurses without end on the carrier that the SDK leaves there.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  // A third worker saves no time on two cores.
  maxWorkers: 2,
  roots: ['<rootDir>/lib', '<rootDir>/test'],
  workerIdleMemoryLimit: '1GB', // a plain number would be bytes, and start a worker for each spec
  // An application that waits for a debugger answers when you say so.
  testTimeout: process.env.DEBUG_APP === 'inspect' ? 3_600_000 : 60_000,
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.lanes', '<rootDir>/sample-app/dist'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.[cm]?ts$': [
      'ts-jest',
      {
        diagnostics: false,
        tsconfig: {
          module: 'commonjs',
          target: 'es2023',
          experimentalDecorators: true,
          emitDecoratorMetadata: true,
          esModuleInterop: true,
          isolatedModules: true,
          sourceMap: true,
        },
      },
    ],
  },
};
