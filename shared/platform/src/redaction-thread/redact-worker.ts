import { parentPort } from 'node:worker_threads';
import { redactMessage, redactSession } from '@vox/redaction';
import type { BatchOrder } from './redactor.ts';

/** What was ordered: a batch of a session, or one message by itself. */
function read({ state, messages, policy }: BatchOrder): unknown {
  if (state !== undefined) return redactSession(state, messages, policy);
  const [alone] = messages;
  return alone && redactMessage(alone, policy);
}

// Redacts in a thread of its own: long batches of digits take seconds.
parentPort?.on('message', (order: BatchOrder) => {
  const { number } = order;
  try {
    parentPort?.postMessage({ number, heard: read(order) });
  } catch {
    // What the redactor throws may hold what was said.
    parentPort?.postMessage({ number });
  }
});
