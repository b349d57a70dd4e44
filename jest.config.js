// Node runs the tests as they are written, without Jest's contexts and copies of modules (decision 47).
export default {
  runtime: '<rootDir>/scripts/test/native/runtime.ts',
  testEnvironment: '<rootDir>/scripts/test/native/environment.ts',
  transform: {},
  injectGlobals: false,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testTimeout: 60_000,
  // the servers beside the tests leave room for a second one, even on two cores
  maxWorkers: '100%',
}
