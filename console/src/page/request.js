import { confirming, me } from './state.js';
import { learn, named } from './words.js';
import { writeRequest } from './write-request.js';

/**
 * What is wrong with a field: as a sentence of the server, and as a code with what stands in the sentence.
 * @typedef {Readonly<{path: string, message: string, mistake?: string, values?: Readonly<Record<string, string |
 *   number>>}>} Issue
 */
/**
 * @typedef {Readonly<{code: string, status: number, userMessage: string, detail?: string, reason?: string, scope?:
 *   string, retryAfter?: number, issues?: readonly Issue[], requestId?: string}>} Problem
 */
/**
 * @typedef {Readonly<{kind: 'answered', body: any}> | Readonly<{kind: 'refused', problem: Problem}> | Readonly<{kind:
 *   'offline'}>} Answer
 */

const patienceMs = 20_000;

/** The cursor of the next page of a file (RFC 8288). @param {string | null} link */
const nextIn = (link) => {
  const [, cursor] = /^<\?\w{1,32}=([^>&]*)>; rel="next"$/.exec(link ?? '') ?? [];
  return cursor === undefined ? null : decodeURIComponent(cursor);
};

/** @param {Response} response @returns {Promise<Answer>} */
async function read(response) {
  if (response.ok && response.headers.get('content-type')?.startsWith('text/csv'))
    return { kind: 'answered', body: { text: await response.text(), next: nextIn(response.headers.get('link')) } };
  const body = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return { kind: 'answered', body };
  if (typeof body?.code === 'string') {
    const isMore = body.issues || body.detail || named('problem', body.code) === body.code;
    // Without these words the server’s own stand.
    if (isMore) await learn('mistakes').catch(() => undefined);
    return { kind: 'refused', problem: body };
  }
  // A proxy in between may answer for a server that is down.
  return response.status >= 500
    ? { kind: 'offline' }
    : { kind: 'refused', problem: { code: 'UNKNOWN', status: response.status, userMessage: response.statusText } };
}

/** @param {import('./write-request.js').Written & {waitMs?: number}} written @returns {Promise<Answer>} */
async function send({ url, init, waitMs = patienceMs }) {
  try {
    return await read(await fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(waitMs) }));
  } catch {
    return { kind: 'offline' };
  }
}

/** @param {Answer} answer @param {string} code */
export const isRefusedAs = (answer, code) => answer.kind === 'refused' && answer.problem.code === code;

/** @type {Answer} */
const overByNow = { kind: 'refused', problem: { code: 'AUTH_REQUIRED', status: 401, userMessage: '' } };

/** Whether what is asked just now is asked by the page itself. */
let isByItself = false;

/**
 * Asks for what changed, while perhaps nobody sits before the page: the server is told, and such a request keeps no
 * login. It counts for what `asks` sends before it waits for anything.
 * @template T @param {() => T} asks @returns {T}
 */
export function byItself(asks) {
  isByItself = true;
  try {
    return asks();
  } finally {
    isByItself = false;
  }
}

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

/** The key under which the server does what a form asks for, and the content that the form was sent with. */
/** @typedef {{content?: string, key?: string}} OnceKey */

/** Of the form that asks now. @type {OnceKey | undefined} */
let asking;

/**
 * Lets a form ask under one key as long as its content is the same: pressed again after a lost line, it makes no second
 * key of a widget. The key is of the first request that `asks` makes, before it waits for anything.
 * @template T @param {OnceKey} once @param {() => T} asks @returns {T}
 */
export function underOneKey(once, asks) {
  asking = once;
  try {
    return asks();
  } finally {
    asking = undefined;
  }
}

/** @param {OnceKey | undefined} once @param {string} content */
function keyFor(once, content) {
  if (once === undefined) return crypto.randomUUID();
  if (once.content !== content || once.key === undefined) Object.assign(once, { content, key: crypto.randomUUID() });
  return /** @type {string} */ (once.key);
}

/**
 * Sends, and does not use a key again once the server has done what it stands for. A refusal may be of this request
 * alone, while the one before, whose answer was lost, was done: so it leaves the key.
 * @param {import('./write-request.js').Written & {waitMs?: number}} written @param {OnceKey | undefined} once
 */
async function sendOnce(written, once) {
  const answer = await send(written);
  if (answer.kind === 'answered') delete once?.key;
  return answer;
}

/**
 * Asks the server for an operation, as the member whom the page shows: it refuses that if the login is of another
 * member by now, for the tabs of a browser share it. `asAnybody` asks who that is. When the server wants to know
 * anew who asks, a dialog asks the person, and then the same request goes once more. A login that is over leads to
 * signing in. `asCsv` asks for a page of a file: its text, and the cursor of the next. What `isLast` arrives also while
 * the page goes away. It never throws for what the server answers.
 * @param {import('./operations.js').Operation} operation @param {import('./write-request.js').Fields} [fields]
 * @param {Readonly<{ifMatch?: number | undefined, asAnybody?: boolean, asCsv?: boolean, isLast?: boolean,
 *   waitMs?: number}>} [options] `waitMs`: how long an answer is waited for
 * @returns {Promise<Answer>}
 */
export async function ask(operation, fields = {}, { ifMatch, asAnybody, asCsv, isLast, waitMs } = {}) {
  const once = asking;
  const shown = asAnybody ? null : me.peek();
  // What was begun for a member whom the page has forgotten is not gone on with as whoever is signed in now.
  if (!shown && !asAnybody && operation.path.startsWith('/api/v1')) return overByNow;
  const written = { ...writeRequest(operation, fields), ...(waitMs && { waitMs }) };
  const { headers } = written.init;
  if (isByItself) headers['x-vox-refresh'] = '1';
  if (isLast) written.init.keepalive = true;
  if (asCsv) headers.accept = 'text/csv';
  if (ifMatch !== undefined) headers['if-match'] = `"${ifMatch}"`;
  if (shown) headers['x-vox-member'] = shown.memberId;
  // The server does a thing once, however often the line makes us ask.
  if (operation.method === 'POST') headers['idempotency-key'] = keyFor(once, JSON.stringify(written));
  const answer = await sendOnce(written, once);
  if (shown && me.peek()?.memberId === shown.memberId && isRefusedAs(answer, 'AUTH_REQUIRED')) forgetMe();
  if (!isRefusedAs(answer, 'STEP_UP_REQUIRED') || !operation.path.startsWith('/api/v1')) return answer;
  return (await confirmed()) ? sendOnce(written, once) : answer;
}
