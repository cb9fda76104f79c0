import { modelsEnding } from '@vox/platform/telemetry';
import { findingsIn, type ShowFindingsDependencies } from './show-findings.ts';

/** Policies are many and rarely change, so they are not looked through at every scrape. */
const lookEveryMs = 60_000;

/**
 * Shows how many models end soon that an agent may call with, whether or not anybody calls. Returns a function that
 * ends it.
 */
export function watchModelEnds(dependencies: ShowFindingsDependencies): () => void {
  let last = { atMs: Number.NEGATIVE_INFINITY, count: 0 };
  return modelsEnding.watch({}, () => {
    const atMs = dependencies.clock.now().getTime();
    if (atMs - last.atMs >= lookEveryMs) last = { atMs, count: endingIn(dependencies) };
    return last.count;
  });
}

const endingIn = (dependencies: ShowFindingsDependencies): number =>
  findingsIn(dependencies).filter(({ rule }) => rule === 'model-ending').length;
