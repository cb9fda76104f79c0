/** A browser that a member signed in with, by the hash of the token that it keeps. */
export type Device = Readonly<{ digest: string; seenAtMs: number }>;
export type Devices = Readonly<{ tenantId: string; devices: readonly Device[] }>;

const devicesMax = 20;

/** What became of a browser that signs in: was it known, and had any been before? */
export type Recognised = Readonly<{ isKnown: boolean; isFirst: boolean; state: Devices }>;

/**
 * Knows a browser again, or takes it in as a new one under a token that was just made: a token that was there before
 * the first sign-in is never adopted. The longest unseen is forgotten.
 */
export function recognise(
  known: Devices | undefined,
  { tenantId, shown, fresh, nowMs }: Readonly<{ tenantId: string; shown?: string; fresh: string; nowMs: number }>,
): Recognised {
  const before = known?.devices ?? [];
  const isKnown = before.some(({ digest }) => digest === shown);
  const device = { digest: isKnown && shown !== undefined ? shown : fresh, seenAtMs: nowMs };
  const others = before.filter(({ digest }) => digest !== device.digest);
  const devices = [device, ...others].slice(0, devicesMax);
  return { isKnown, isFirst: before.length === 0, state: { tenantId, devices } };
}
