import type { ExchangeFailure } from './exchange.ts';
import type { LineFailure } from './line.ts';
import type { TargetRefusal } from './target.ts';

/**
 * Why a request came to nothing. `busy`: too many of its owner, or to its host, are under way. `broken`: its host
 * failed again and again just now, and was not asked. `unresolved`: its name leads nowhere. `encoding`: the answer is
 * compressed in a way that nobody asked for and that cannot be undone. `timeout`: it took too long.
 */
export type EgressFailure = LineFailure | ExchangeFailure | 'busy' | 'broken' | 'unresolved' | 'encoding' | 'timeout';

/**
 * `answered`: there was an answer, whatever its status; a redirection is one too and is not followed. Of its headers
 * stand there those that were asked for. `refused`: the request may not leave; `request`: a header or the method of it
 * could be read as more than that. `failed`: it may, and came to nothing.
 */
export type EgressOutcome =
  | Readonly<{
      kind: 'answered';
      status: number;
      headers: Readonly<Record<string, string | undefined>>;
      body: Buffer;
      isCut: boolean;
    }>
  | Readonly<{ kind: 'refused'; reason: TargetRefusal | 'request' }>
  | Readonly<{ kind: 'failed'; reason: EgressFailure }>;
