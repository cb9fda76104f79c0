/** The bytes of a text in base64url (RFC 4648 §5). Throws for any other text. @param {string} text */
export const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

/** Bytes as a text in base64url. @param {Uint8Array} bytes */
export const base64urlOf = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** @typedef {Readonly<{id: string, at: string, kind: string, says: any}>} Content */

/**
 * What a receipt says (the payload of a compact JWS, RFC 7515), without a proof of it; `undefined` for no receipt.
 * @param {string} text @returns {Content | undefined}
 */
export function contentOf(text) {
  try {
    return JSON.parse(new TextDecoder().decode(bytesOf(text.split('.')[1] ?? '')));
  } catch {
    return undefined;
  }
}
