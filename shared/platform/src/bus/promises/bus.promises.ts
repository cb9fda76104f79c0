import { afterEach, beforeEach, describe } from 'vitest';
import { archivePromises } from './archive.promises.ts';
import type { BusUnderTest } from './bus.fixture.ts';
import { documentPromises } from './documents.promises.ts';
import { factPromises } from './facts.promises.ts';
import { letterPromises } from './letters.promises.ts';
import { progressPromises } from './progress.promises.ts';
import { questionPromises } from './questions.promises.ts';
import { signalPromises } from './signals.promises.ts';
import { viewPromises } from './view.promises.ts';

/** What every bus promises. The suite runs on the twin and on the real one, so that neither drifts. */
export function busPromises(name: string, open: () => Promise<BusUnderTest>): void {
  describe(`${name} keeps the promises of the bus: it`, () => {
    let under: BusUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.bus.close());
    const opened = (): BusUnderTest => under;

    factPromises(opened);
    questionPromises(opened);
    signalPromises(opened);
    archivePromises(opened);
    documentPromises(opened);
    letterPromises(opened);
    progressPromises(opened);
    viewPromises(opened);
  });
}
