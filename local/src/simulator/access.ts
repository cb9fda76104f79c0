import type { RequestHandler, Response } from 'express';
import { refusal } from './faults.ts';

/** Pages of any origin talk to the provider, with a client secret as their only proof. */
export const openToPages: RequestHandler = (request, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, X-OpenAI-Agents-SDK',
    'Access-Control-Expose-Headers': 'Location',
  });
  if (request.method !== 'OPTIONS') return next();
  response.status(204).end();
};

export const keyOnly =
  (apiKey: string): RequestHandler =>
  (request, response, next) => {
    if (request.get('authorization') === `Bearer ${apiKey}`) return next();
    response.status(401).json(refusal('invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'));
  };

export const refuse = (
  response: Response,
  status: number,
  code: string | null,
  message: string,
  param: string | null = null,
): void => void response.status(status).json(refusal('invalid_request_error', code, message, param));

/** As for a call that has ended, and for one that there never was. */
export const noSuchCall = (response: Response): void =>
  refuse(response, 404, 'call_not_found', 'There is no such call.');
