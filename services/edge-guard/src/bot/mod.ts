export { bot } from './accept/bot.ts';
export { type ChallengeDependencies, challengeFor } from './command/check-bot.ts';
