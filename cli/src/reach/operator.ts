import type { Bus } from '@vox/platform/bus';

/** Who runs a command, how it asks, and where its answer goes. */
export type Operator = Readonly<{
  ask: Bus['ask'];
  /** Who acts. The audit log keeps it. */
  actor: string;
  /** The id of this run of the command in the audit log. */
  requestId: string;
  /** Shows an answer as JSON. */
  say: (answer: unknown) => void;
  /** Shows progress beside the answer, on standard error. */
  note: (text: string) => void;
  /** Writes text as it is, and waits for a slow reader. */
  print: (text: string) => Promise<void>;
  /** Whether a person reads the answer. */
  isTerminal?: boolean;
}>;
