export { normalisedAddress } from './command/normalised-address.ts';
export { type SendCode, type SendCodeDependencies, sendCode } from './command/send-code.ts';
export { type VerifyCode, type VerifyCodeDependencies, verifyCode } from './command/verify-code.ts';
export type { CodePurpose, CodeRules } from './decide/address-codes.ts';
