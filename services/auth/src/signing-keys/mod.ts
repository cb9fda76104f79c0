export { type OwnTokenDependencies, signOwnToken, verifyOwnToken } from './command/own-tokens.ts';
