import type { egressFailures, egressRefusals } from '@vox/contracts';

/**
 * Why a request came to nothing. `busy`: too many of its owner, or to its host, are under way. `broken`: its host
 * failed again and again just now, and was not asked. `unresolved`: its name leads nowhere. `encoding`: the answer is
 * compressed in a way that nobody asked for and that cannot be undone. `timeout`: it took too long. `aborted`: whoever
 * asked wants it no more, and it may have been sent; only a request with a signal ends so.
 */
export type EgressFailure = (typeof egressFailures)[number] | 'aborted';

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
  | Readonly<{ kind: 'refused'; reason: (typeof egressRefusals)[number] }>
  | Readonly<{ kind: 'failed'; reason: EgressFailure }>;
