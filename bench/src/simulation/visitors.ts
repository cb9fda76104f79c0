import type { Assumed } from './assumed.ts';
import type { Chance } from './chance.ts';
import { callSeconds, meanCallSeconds, secondsLeft, tenantSizes } from './people.ts';
import type { EventName } from './work.ts';

/** The clock of the model, in milliseconds, and what a visitor can bring about. */
export type World = Readonly<{
  now: () => number;
  begin: (event: EventName) => void;
  after: (ms: number, what: () => void) => void;
}>;

export type OpenCalls = Readonly<{
  mean: number;
  /** The same by Little's law: calls that begin, times how long one lasts. */
  byLittle: number;
  perSecond: number;
  /** At the end of the run. */
  ofLargestTenant: number;
  tenantsWithCalls: number;
}>;

type Call = { readonly rank: number; isOpen: boolean };
const msPerDay = 86_400_000;

/** Visitors open pages, are refused or call, speak and hang up; tenants change policies, revoke keys, erase persons. */
export function visitors(assumed: Assumed, chance: Chance, { now, begin, after }: World) {
  const sizes = tenantSizes(assumed);
  const callsPerMs = assumed.openCalls / meanCallSeconds(assumed) / 1_000;
  const openOf = new Map<number, Set<Call>>();
  let open = 0;
  let seen = { since: 0, last: 0, areaMs: 0, began: 0 };
  const pass = (by: number): void => {
    seen.areaMs += open * (now() - seen.last);
    seen.last = now();
    open += by;
  };

  function end(call: Call): void {
    if (!call.isOpen) return;
    call.isOpen = false;
    pass(-1);
    const ofTenant = openOf.get(call.rank);
    ofTenant?.delete(call);
    if (ofTenant?.size === 0) openOf.delete(call.rank);
    begin('end');
  }
  /** Something comes again and again while a call is open. */
  function repeatedly(call: Call, firstMs: number, nextMs: () => number, what: () => void): void {
    const again = (): void => {
      if (!call.isOpen) return;
      what();
      after(nextMs(), again);
    };
    after(firstMs, again);
  }
  /** One that is under way at the beginning is found at any moment between two of its heartbeats and answers. */
  function call(leftMs: number, isUnderWay: boolean): void {
    const made: Call = { rank: sizes.drawn(chance), isOpen: true };
    const passed = (): number => (isUnderWay ? chance.share() : 1);
    pass(1);
    const ofTenant = openOf.get(made.rank) ?? new Set();
    openOf.set(made.rank, ofTenant.add(made));
    const answerMs = (): number => 1_000 * assumed.answerSeconds * (0.5 + chance.share());
    const beatMs = 1_000 * assumed.heartbeatSeconds;
    repeatedly(
      made,
      beatMs * passed(),
      () => beatMs,
      () => begin('heartbeat'),
    );
    repeatedly(made, answerMs() * passed(), answerMs, () => {
      begin('answer');
      begin('words');
    });
    after(leftMs, () => end(made));
  }
  /** Comes by chance at a steady rate. */
  function steadily(perMs: number, what: () => void): void {
    if (perMs <= 0) return;
    const again = (): void => {
      what();
      after(chance.exponential(1 / perMs), again);
    };
    after(chance.exponential(1 / perMs), again);
  }
  return {
    come(): void {
      for (let n = 0; n < assumed.openCalls; n += 1) call(1_000 * secondsLeft(chance, assumed), true);
      steadily(callsPerMs, () => {
        seen.began += 1;
        begin('start');
        call(1_000 * callSeconds(chance, assumed), false);
      });
      steadily(callsPerMs, () => begin('final'));
      steadily(callsPerMs * assumed.pagesPerCall, () => begin('page'));
      steadily(callsPerMs * assumed.refusedPerCall, () => begin('refused'));
      steadily(callsPerMs * assumed.erasuresPerCall, () => begin('erasure'));
      steadily((assumed.tenants * assumed.policyChangesPerTenantDay) / msPerDay, () => begin('change'));
      steadily((assumed.tenants * assumed.revocationsPerTenantDay) / msPerDay, () => {
        begin('revocation');
        const rank = Math.floor(chance.share() * assumed.tenants);
        for (const each of [...(openOf.get(rank) ?? [])]) end(each);
      });
    },
    observeFrom(): void {
      pass(0);
      seen = { since: now(), last: now(), areaMs: 0, began: 0 };
    },
    observed(): OpenCalls {
      pass(0);
      const spanMs = now() - seen.since;
      return {
        mean: seen.areaMs / spanMs,
        byLittle: (seen.began / spanMs) * 1_000 * meanCallSeconds(assumed),
        perSecond: (1_000 * seen.began) / spanMs,
        ofLargestTenant: [...openOf.values()].reduce((most, { size }) => Math.max(most, size), 0),
        tenantsWithCalls: openOf.size,
      };
    },
  };
}
