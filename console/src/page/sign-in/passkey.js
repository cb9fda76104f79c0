/** What a browser’s authenticator makes and signs, in the JSON forms of WebAuthn Level 3 (§5.1.8, §5.1.9). */

export const hasPasskeys = () =>
  typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** @typedef {import('../request.js').Answer} Answer */

/** @type {Answer} */
const givenUp = { kind: 'refused', problem: { code: 'PASSKEY_GIVEN_UP', status: 0, userMessage: '' } };

/**
 * Asks the server what must be signed, lets the authenticator do it, and hands over what it made.
 * @param {() => Promise<Answer>} challenge
 * @param {(options: any) => Promise<Credential | null>} ceremony
 * @param {(credential: unknown) => Promise<Answer>} handOver @returns {Promise<Answer>}
 */
async function ceremonyOf(challenge, ceremony, handOver) {
  const challenged = await challenge();
  if (challenged.kind !== 'answered') return challenged;
  const made = await ceremony(challenged.body.options).catch(() => null);
  return made instanceof PublicKeyCredential ? handOver(made.toJSON()) : givenUp;
}

/** @param {() => Promise<Answer>} challenge @param {(credential: unknown) => Promise<Answer>} handOver */
export const showPasskey = (challenge, handOver) =>
  ceremonyOf(
    challenge,
    (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
    handOver,
  );

/** @param {() => Promise<Answer>} challenge @param {(credential: unknown) => Promise<Answer>} handOver */
export const makePasskey = (challenge, handOver) =>
  ceremonyOf(
    challenge,
    (options) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
    handOver,
  );
