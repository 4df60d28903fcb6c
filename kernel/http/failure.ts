import { common, isZhengwuError, type ZhengwuError } from '@zhengwu/errors';
import { tooLarge } from './body.ts';

interface Known {
  code?: unknown;
  statusCode?: unknown;
}

const FASTIFY: Readonly<Record<string, (limit: number) => Error>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: () => common('request.malformed'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => common('request.malformed'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => common('request.malformed'),
  FST_ERR_BAD_URL: () => common('request.malformed'),
  FST_ERR_CTP_BODY_TOO_LARGE: (limit) => tooLarge(limit),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => common('request.unsupported-media', { expected: 'application/json' }),
  FST_ERR_MAX_PARAM_LENGTH: () => common('request.not-found'),
  FST_ERR_NOT_FOUND: () => common('request.not-found'),
};

/** Failures of the network and of PostgreSQL (SQLSTATE classes 08, 53, 57P) that pass by themselves. */
const PASSING = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|08\w{3}|53\w{3}|57P\w{2}|40001|40P01)$/;

const byStatus = (status: unknown): Error | undefined => {
  if (status === 404) return common('request.not-found');
  if (status === 413) return common('request.too-large', { limit: '—' });
  if (status === 415) return common('request.unsupported-media', { expected: 'application/json' });
  return typeof status === 'number' && status >= 400 && status < 500 ? common('request.malformed') : undefined;
};

/** Any thrown value as a declared error, or undefined when it is unexpected. `limit` is the route's body limit. */
export const declaredFailure = (error: unknown, limit: number): ZhengwuError | undefined => {
  if (isZhengwuError(error)) return error;
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, statusCode } = error as Known;
  if (typeof code === 'string') {
    const known = FASTIFY[code]?.(limit);
    if (known) return known as ZhengwuError;
    if (PASSING.test(code)) return common('server.unavailable', {}, { cause: error });
    if (code.startsWith('FST_')) return byStatus(statusCode) as ZhengwuError | undefined;
  }
  return byStatus(statusCode) as ZhengwuError | undefined;
};
