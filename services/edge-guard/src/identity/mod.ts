export { bearer } from './accept/bearer.ts';
export { caller } from './accept/caller.ts';
export { shownWidgetToken } from './accept/shown-widget-token.ts';
export { tokenOfBody } from './accept/token-of-body.ts';
export { tokenRequired } from './accept/token-required.ts';
export { authToken, writtenToken } from './accept/token-shape.ts';
export { widgetToken } from './accept/widget-token.ts';
export { newVisitor, type VisitorDependencies } from './command/new-visitor.ts';
export type { Caller } from './decide/caller.ts';
