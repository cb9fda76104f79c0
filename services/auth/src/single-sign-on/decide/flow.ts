/** A login on its way through a provider. It is bound to one browser, and good once. */
export type Flow = Readonly<{
  tenantId: string;
  /** To whom the browser was sent: nobody else's word counts (RFC 9207, mix-up). */
  issuer: string;
  origin: string;
  nonce: string;
  /** The PKCE verifier, under a seal. */
  sealed: string;
  /** The hash of what the browser's cookie holds. */
  browserHash: string;
  expiresAtMs: number;
}>;

export const flowLifeMs = 10 * 60_000;

/** Whether a return is one of this flow. One of another browser does not end it. */
export const isOfBrowser = (
  flow: Flow,
  { browserHash, origin }: Pick<Flow, 'browserHash' | 'origin'>,
  nowMs: number,
): boolean => flow.browserHash === browserHash && flow.origin === origin && flow.expiresAtMs > nowMs;
