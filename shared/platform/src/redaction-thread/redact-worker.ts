import { parentPort } from 'node:worker_threads';
import { redactMessage, redactSession } from '@vox/redaction';
import type { Order } from './redactor.ts';

/** What was ordered: a batch of a session, or one message by itself. */
function read({ state, messages, policy }: Order): unknown {
  if (state !== undefined) return redactSession(state, messages, policy);
  const [alone] = messages;
  return alone && redactMessage(alone, policy);
}

// Reads what was said, away from the loop that answers everybody: long batches of digits take seconds.
parentPort?.on('message', (order: Order) => {
  const { number } = order;
  try {
    parentPort?.postMessage({ number, heard: read(order) });
  } catch {
    // What the redactor throws may hold what was said.
    parentPort?.postMessage({ number });
  }
});
