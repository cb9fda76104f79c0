// The library's own solver, served beside this file.
// @ts-expect-error resolved by the browser, not by the checker
import { deriveKey } from './altcha/algorithms/web/pbkdf2.js';
// @ts-expect-error resolved by the browser, not by the checker
import { solveChallenge } from './altcha/pow.js';

self.onmessage = async ({ data: challenge }) => {
  self.postMessage(await solveChallenge({ challenge, deriveKey, timeout: 60_000 }));
};
