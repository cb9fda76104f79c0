import { confirming, me } from './state.js';
import { writeRequest } from './write-request.js';

/** @typedef {Readonly<{path: string, message: string}>} Issue */
/** @typedef {Readonly<{code: string, status: number, userMessage: string, detail?: string, reason?: string, scope?: string, retryAfter?: number, issues?: readonly Issue[], requestId?: string}>} Problem */
/** @typedef {Readonly<{kind: 'answered', body: any}> | Readonly<{kind: 'refused', problem: Problem}> | Readonly<{kind: 'offline'}>} Answer */

const patienceMs = 20_000;

/** @param {Response} response @returns {Promise<Answer>} */
async function read(response) {
  const body = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return { kind: 'answered', body };
  if (typeof body?.code === 'string') return { kind: 'refused', problem: body };
  // A proxy in between may answer for a server that is down.
  return response.status >= 500
    ? { kind: 'offline' }
    : { kind: 'refused', problem: { code: 'UNKNOWN', status: response.status, userMessage: response.statusText } };
}

/** @param {import('./write-request.js').Written} written @returns {Promise<Answer>} */
async function send({ url, init }) {
  try {
    return await read(await fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(patienceMs) }));
  } catch {
    return { kind: 'offline' };
  }
}

/** @param {Answer} answer @param {string} code */
export const isRefusedAs = (answer, code) => answer.kind === 'refused' && answer.problem.code === code;

/** What whoever asks meanwhile waits for too. @type {Promise<boolean> | undefined} */
let waiting;

/** Waits until somebody has confirmed who they are, or has given up. @returns {Promise<boolean>} */
function confirmed() {
  waiting ??= new Promise((resolve) => {
    confirming.value = (isDone) => {
      confirming.value = undefined;
      waiting = undefined;
      resolve(isDone);
    };
  });
  return waiting;
}

/** Nobody is signed in any more, so nobody can confirm anything. */
function forgetMe() {
  confirming.peek()?.(false);
  me.value = null;
}

/**
 * Asks the server for an operation. When it wants to know anew who asks, a dialog asks the person, and then the same
 * request goes once more. A login that is over leads to signing in. It never throws for what the server answers.
 * @param {import('./operations.js').Operation} operation @param {import('./write-request.js').Fields} [fields]
 * @param {Readonly<{ifMatch?: number | undefined}>} [options] @returns {Promise<Answer>}
 */
export async function ask(operation, fields = {}, { ifMatch } = {}) {
  const written = writeRequest(operation, fields);
  const { headers } = written.init;
  if (ifMatch !== undefined) headers['if-match'] = `"${ifMatch}"`;
  // The server does a thing once, however often the line makes us ask.
  if (operation.method === 'POST') headers['idempotency-key'] = crypto.randomUUID();
  const answer = await send(written);
  const isSignedIn = me.peek() !== null && me.peek() !== undefined;
  if (isSignedIn && isRefusedAs(answer, 'AUTH_REQUIRED')) forgetMe();
  if (!isRefusedAs(answer, 'STEP_UP_REQUIRED') || !operation.path.startsWith('/api/v1')) return answer;
  return (await confirmed()) ? send(written) : answer;
}
