import { auditForms } from '../audit-forms.js';
import { inForm } from './in-form.js';
import { verifyFile } from './verify-file.js';

/** @typedef {import('./proof.js').PublicKey} PublicKey */

/**
 * The keys in the output of `vox audit keys`; `undefined` for any other text.
 * @param {string} text @returns {{keys: readonly PublicKey[]} | undefined}
 */
export function keysIn(text) {
  try {
    return inForm(auditForms.keys, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Verifies an export by the forms of the contracts.
 * @param {Blob} file @param {{keys: readonly PublicKey[], tenantId?: string | undefined, tell?: (bytes: number) =>
 *   void}} given
 */
export const verifyExport = (file, given) => verifyFile(file, { ...given, forms: auditForms });
