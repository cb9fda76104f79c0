export { bot } from './accept/bot.ts';
export { type BotVerdict, type ChallengeDependencies, challengeFor } from './command/check-bot.ts';
