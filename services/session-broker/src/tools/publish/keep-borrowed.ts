import { randomBytes } from 'node:crypto';
import { lentContext } from '@vox/contracts';
import { readySealKey, type SealKey, seal, unseal } from '@vox/platform/crypto';
import { Secret } from '@vox/platform/secret';
import type { Clock } from '@vox/platform/time';
import type { Borrowed, BorrowSecrets } from './borrow-secrets.ts';

/** So long after auth was asked its answer counts. Whatever a tenant changes is in force everywhere within a second. */
export const borrowedKeptMs = 500;
/** So many borrowings are kept; the oldest makes room. */
const most = 1_000;

type Since = Readonly<{ askedAtMs: number; untilMs: number }>;
type Kept = Since & Readonly<{ sealed: string; drop: NodeJS.Timeout }>;
type Asking = Since & Readonly<{ answer: Promise<Borrowed> }>;

/** A clock that was set back makes nothing last longer. */
const counts = ({ askedAtMs, untilMs }: Since, nowMs: number): boolean => askedAtMs <= nowMs && nowMs < untilMs;

/**
 * Borrows for many uses at once: those that come within a moment share one question, and its answer. Meanwhile the
 * values stand sealed in memory, under a key that this process made for itself, and never past the moment in which
 * another version comes into force. A refusal is kept for nobody.
 */
export function keepBorrowed(
  borrow: BorrowSecrets,
  clock: Clock,
  key: SealKey = readySealKey(randomBytes(32)),
): BorrowSecrets {
  const kept = new Map<string, Kept>();
  const asking = new Map<string, Asking>();
  function drop(what: string): void {
    clearTimeout(kept.get(what)?.drop);
    kept.delete(what);
  }
  function keep(what: string, since: Since, borrowed: Borrowed): void {
    if (borrowed.kind === 'refused') return;
    const untilMs = Math.min(since.untilMs, borrowed.changesAtMs ?? Number.POSITIVE_INFINITY);
    if (!counts({ ...since, untilMs }, clock.now().getTime())) return;
    const values = Object.fromEntries([...borrowed.values].map(([name, secret]) => [name, secret.reveal()]));
    drop(what);
    const [oldest] = kept.keys();
    if (kept.size >= most && oldest !== undefined) drop(oldest);
    const sealed = seal(key, what, JSON.stringify(values));
    kept.set(what, { ...since, untilMs, sealed, drop: setTimeout(() => drop(what), borrowedKeptMs).unref() });
  }
  return async (asked) => {
    const what = lentContext(asked);
    const nowMs = clock.now().getTime();
    const found = kept.get(what);
    if (found !== undefined && counts(found, nowMs)) return opened(key, what, found.sealed);
    const under = asking.get(what);
    if (under !== undefined && counts(under, nowMs)) return under.answer;
    const since = { askedAtMs: nowMs, untilMs: nowMs + borrowedKeptMs };
    const answer = borrow(asked);
    const own: Asking = { ...since, answer };
    asking.set(what, own);
    try {
      const borrowed = await answer;
      keep(what, since, borrowed);
      return borrowed;
    } finally {
      if (asking.get(what) === own) asking.delete(what);
    }
  };
}

/** What we sealed ourselves has the form that it had. */
function opened(key: SealKey, what: string, sealed: string): Borrowed {
  const values = JSON.parse(unseal(key, what, sealed) ?? '') as Readonly<Record<string, string>>;
  return { kind: 'lent', values: new Map(Object.entries(values).map(([name, value]) => [name, Secret.of(value)])) };
}
