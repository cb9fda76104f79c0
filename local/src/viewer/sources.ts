export { hearFacts, overheard } from './hear-facts.ts';
export { ownSpans } from './own-spans.ts';
