/**
 * The identity that makes and changes streams, buckets and consumers, and does nothing else: the `vox bus` command, at
 * deployment.
 */
export const bootstrapIdentity = 'bootstrap';

/** Whoever runs the installation, behind the `vox` command. */
export const operatorIdentity = 'operator';

/** The identity that reads every stream whole, for `vox backup`. It changes none, and says only when it was done. */
export const backupIdentity = 'backup';

/** The identity that puts streams back, for `vox restore`. It is needed on the day of a restore and on no other. */
export const restoreIdentity = 'restore';

/** Those who belong to no service, but to the account of the streams. */
export const streamIdentities: readonly string[] = [bootstrapIdentity, backupIdentity, restoreIdentity];
