import type { Identity } from '@vox/contracts';

/** Whom a slot is counted for: a person by reference, and the keyed hash of a visitor's address if the edge sent it. */
export type SlotOwner = Readonly<{ identity: Identity; address?: string | undefined }>;

/** Starts count per tenant for visitors, and per user for console users. */
export const startScope = (identity: Identity): string =>
  identity.kind === 'widget' ? 'widget' : `console:${identity.userId}`;
const personOf = (identity: Identity): string => (identity.kind === 'widget' ? identity.visitorId : identity.userId);
export const keyScope = (widgetKey: string): string => `key:${widgetKey}`;
export const personScope = (identity: Identity): string => `${identity.kind}:${personOf(identity)}`;
export const addressScope = (address: string): string => `address:${address}`;
/** Where a start is counted for ten minutes. */
export const recentScopes = ({ identity, address }: SlotOwner): string[] =>
  address === undefined ? [personScope(identity)] : [personScope(identity), addressScope(address)];
/** Where an open slot is counted. */
export const openScopes = (identity: Identity): string[] =>
  identity.kind === 'widget' ? [identity.kind, keyScope(identity.widgetKey)] : [identity.kind];
