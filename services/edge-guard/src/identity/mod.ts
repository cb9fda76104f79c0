export { bearer, tokenOfBody, tokenRequired } from './accept/bearer.ts';
export { caller } from './accept/caller.ts';
export { authToken, writtenToken } from './accept/token-shape.ts';
export { shownWidgetToken, widgetToken } from './accept/widget-token.ts';
export { newVisitor, type VisitorDependencies } from './command/new-visitor.ts';
export type { Caller } from './decide/caller.ts';
