import type { Bus, BusView } from '@vox/platform/bus';
import { type Paint, plain } from '../text/paint.ts';
import { Mistake } from '../text/sentences.ts';

/** Who runs a command, how it asks, and where its answer goes. */
export type Operator = Readonly<{
  ask: Bus['ask'];
  /** What the operator of the installation sees of the bus; none over HTTP. */
  view?: () => Promise<BusView | undefined>;
  /** Who acts. The audit log keeps it. */
  actor: string;
  /** The id of this run of the command in the audit log. */
  requestId: string;
  /** Shows an answer as JSON. In a table for a person, `asRead` stands in its place. */
  say: (answer: unknown, asRead?: () => unknown) => void;
  /** Shows progress beside the answer, on standard error. */
  note: (text: string) => void;
  /** Writes text as it is, and waits for a slow reader. */
  print: (text: string) => Promise<void>;
  /** Reads a value that nobody may see, from standard input. */
  typedValue?: (text: string) => Promise<Uint8Array>;
  /** Whether a person reads the answer. */
  isTerminal?: boolean;
  /** Ends what shows things as they come. Without it, only the end of the process does. */
  until?: () => AbortSignal;
  /** Colours text where somebody sees colours. */
  paint?: Paint;
}>;

/** The bus as an operator sees it. Throws Mistake over HTTP: nothing of this is there for a tenant. */
export async function viewOf({ view }: Pick<Operator, 'view'>): Promise<BusView> {
  const seen = await view?.();
  if (seen === undefined)
    throw new Mistake([
      'this works over the bus only: set NATS_URL and NATS_NKEY_SEED, or use the context of an operator',
    ]);
  return seen;
}

export const paintOf = ({ paint = plain }: Pick<Operator, 'paint'>): Paint => paint;
