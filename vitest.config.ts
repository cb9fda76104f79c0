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
/** Tests of what has no state of its own, by the plan: decisions, schemas, redaction, tools. */
const pure = [
  'services/*/src/**/decide/**/*.test.ts',
  'services/*/src/**/decide.test.ts',
  'shared/{contracts,redaction,tools}/src/**/*.test.ts',
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
          exclude: [...configDefaults.exclude, ...needing.flatMap(suites), ...pure],
          // They ask no server and time nothing, so that each core may work.
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'unit-pure',
          include: pure,
          exclude: [...configDefaults.exclude, ...needing.flatMap(suites)],
          maxWorkers: '100%',
          // One file leaves nothing behind for the next, so that modules are loaded once for all.
          isolate: false,
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
