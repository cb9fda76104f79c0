import { type ForgetCodesDependencies, forgetCodes } from './command/forget-codes.ts';

/** Forgets what is kept of addresses that nobody has asked about for long enough. */
export const onCodesDue = (dependencies: ForgetCodesDependencies): Promise<void> => forgetCodes(dependencies);
