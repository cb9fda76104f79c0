/**
 * @typedef {{ kind: 'proof-of-work', challenge: object } | { kind: 'botid' }
 *   | { kind: 'turnstile', siteKey: string, action: string, cdata: string }} Challenge
 */

/** @typedef {(challenge: Challenge | null) => Promise<{ kind: string, proof?: string } | undefined>} Prove */

/**
 * Makes the proof that a challenge asks for, as the `bot` field of a session request.
 * @type {Prove}
 */
export async function prove(challenge) {
  if (challenge === null) return undefined;
  if (challenge.kind === 'proof-of-work') return { kind: challenge.kind, proof: await work(challenge.challenge) };
  if (challenge.kind === 'turnstile') return { kind: challenge.kind, proof: await turnstileToken(challenge) };
  return { kind: challenge.kind };
}

/** Solves it in a worker, so that the page stays alive. @param {object} challenge @returns {Promise<string>} */
function work(challenge) {
  return new Promise((resolve, reject) => {
    const worker = new Worker('/widget/assets/proof-worker.js', { type: 'module' });
    const over = () => worker.terminate();
    worker.onmessage = ({ data }) => {
      over();
      if (data === null) reject(new Error('no solution'));
      else resolve(btoa(JSON.stringify({ challenge, solution: data })));
    };
    worker.onerror = (event) => {
      over();
      reject(new Error(event.message));
    };
    worker.postMessage(challenge);
  });
}

/** @param {{ siteKey: string, action: string, cdata: string }} asked @returns {Promise<string>} */
async function turnstileToken({ siteKey, action, cdata }) {
  await new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit';
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  const { turnstile } = /** @type {any} */ (window);
  const place = document.createElement('div');
  document.querySelector('.buttons')?.before(place);
  return new Promise((resolve, reject) =>
    turnstile.render(place, {
      sitekey: siteKey,
      action,
      cData: cdata,
      callback: resolve,
      'error-callback': () => reject(new Error('turnstile')),
    }),
  );
}
