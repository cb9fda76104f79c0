import { type GrantLeg, legDuration } from './call-instruments.ts';

/** Runs one leg of a grant's way and records how long it took, also where it failed. */
export async function inLeg<R>(leg: GrantLeg, run: () => Promise<R>): Promise<R> {
  const startedMs = performance.now();
  try {
    return await run();
  } finally {
    legDuration.record((performance.now() - startedMs) / 1_000, { leg });
  }
}

type Legs = Readonly<{ way: GrantLeg; work: GrantLeg; sentAt: string; now: Date }>;

/** Records how long a fact was on its way, by the clock that all copies share, then runs the work on it. */
export function overLegs<R>({ way, work, sentAt, now }: Legs, run: () => Promise<R>): Promise<R> {
  legDuration.record(Math.max(0, now.getTime() - Date.parse(sentAt)) / 1_000, { leg: way });
  return inLeg(work, run);
}
