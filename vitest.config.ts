import { configDefaults, defineConfig } from 'vitest/config';

const sources = [
  'shared/*/src',
  'services/*/src',
  'cli/src',
  'local/src',
  'ops/src',
  'bench/src',
  'widget',
  'console/src',
  'test',
];
const suites = (suffix: string) => sources.map((folder) => `${folder}/**/*${suffix}.test.{ts,js}`);
const needing = ['.wire', '.journey', '.e2e', '.containers', '.faults', '.ops'];
/** What a browser does against services in the process of the test. */
const inBrowsers = ['test/journeys/**/*.e2e.test.ts'];
/** Unit tests that open doors, put their own in the place of a global, or read what all modules have registered. */
const alone = [
  'widget/**/*.test.{ts,js}',
  'console/src/page/**/*.test.js',
  'shared/platform/src/**/*.test.ts',
  'services/edge-guard/src/**/*.test.ts',
  'services/compliance/src/requests/command/watch-deadlines.test.ts',
  'local/src/**/*.test.ts',
  'ops/src/docs/**/*.test.ts',
];

/**
 * The suffix of a test says what it needs: nothing, a server, several services in one process, real processes, or the
 * programs of operators.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: suites(''),
          exclude: [...configDefaults.exclude, ...needing.flatMap(suites), ...alone],
          // They ask no server and time nothing, so that each core may work, and modules are loaded once for all files.
          maxWorkers: '100%',
          testTimeout: 60_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'unit-alone',
          include: alone,
          exclude: [...configDefaults.exclude, ...needing.flatMap(suites)],
          maxWorkers: '100%',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'wire',
          include: suites('.wire'),
          testTimeout: 20_000,
          hookTimeout: 60_000,
          // Each file has servers of its own.
          maxWorkers: '100%',
        },
      },
      { test: { name: 'journey', include: suites('.journey'), testTimeout: 20_000, maxWorkers: '100%' } },
      {
        test: {
          name: 'browser',
          include: inBrowsers,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Mostly they wait, so that two of them share two cores.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'e2e',
          include: suites('.e2e'),
          exclude: [...configDefaults.exclude, ...inBrowsers],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'faults',
          include: suites('.faults'),
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      { test: { name: 'ops', include: suites('.ops'), testTimeout: 60_000, hookTimeout: 120_000 } },
      { test: { name: 'containers', include: suites('.containers'), testTimeout: 120_000, hookTimeout: 900_000 } },
    ],
  },
});
