import type { AnyCheck } from './check.ts';

type Context = object;
type Opened = Readonly<{
  run: (context: Context) => unknown;
  afterRefusal: ((context: Context, error: unknown) => Promise<void>) | undefined;
}>;

/** Checks with their dependencies. Their types were compared where they were put in a row. */
export function openChecks(checks: readonly AnyCheck[], dependencies: unknown): readonly Opened[] {
  const given = dependencies as never;
  return checks.map(({ run, afterRefusal }) => ({
    run: run(given) as Opened['run'],
    afterRefusal: afterRefusal?.(given) as Opened['afterRefusal'],
  }));
}

/** Runs checks one after the other, each of which adds to the context, and then the work behind them. */
export async function passing<T>(
  checks: readonly Opened[],
  context: Context,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  let passed = 0;
  try {
    for (const { run } of checks) {
      Object.assign(context, await run(context));
      passed += 1;
    }
    return await work(context);
  } catch (error) {
    for (const { afterRefusal } of checks.slice(0, passed).reverse()) await afterRefusal?.(context, error);
    throw error;
  }
}
