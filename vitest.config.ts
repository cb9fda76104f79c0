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
          exclude: [...configDefaults.exclude, ...needing.flatMap(suites)],
          // They ask no server and time nothing, so that each core may work.
          maxWorkers: '100%',
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
          name: 'e2e',
          include: suites('.e2e'),
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
