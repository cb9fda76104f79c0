import { Fault } from '@vox/platform/fault';

export type PasskeySite = Readonly<{
  /** Origins under which browsers reach this installation. A passkey is made for the host of one of them. */
  publicOrigins: ReadonlySet<string>;
}>;

/**
 * The host name that passkeys are bound to under an origin (WebAuthn §5.1.3: the RP ID). Throws Fault ORIGIN_MISMATCH
 * for an origin that is not the installation's.
 */
export function siteOf({ publicOrigins }: PasskeySite, origin: string): Readonly<{ origin: string; rpId: string }> {
  if (!publicOrigins.has(origin)) throw new Fault('ORIGIN_MISMATCH');
  return { origin, rpId: new URL(origin).hostname };
}
