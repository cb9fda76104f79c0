export { contentDigest, demandContentDigest } from './content-digest.ts';
export { signatureRefused } from './refusal.ts';
export { type SignatureFields, type SignatureParameters, signMessage } from './sign-message.ts';
export { type SignedMessage, signatureBase } from './signature-base.ts';
export { type SignatureAlgorithm, type SigningKey, signatureAlgorithms, type VerifyingKey } from './signature-key.ts';
export { type SignatureToVerify, type VerifiedSignature, verifyMessage } from './verify-message.ts';
