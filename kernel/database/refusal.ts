import { declaredErrors, fillIn, ZhengwuError } from '@zhengwu/errors';

type Params = Record<string, string | number>;

/** For `.catch` of a query: a refusal that SQL raised by `kernel.fail(code, params)` becomes the declared error of that code. */
export const refusal = (error: unknown): never => {
  const { code, message, detail } = error as { code?: string; message: string; detail?: string };
  if (code !== 'ZW001') throw error;
  const declared = declaredErrors().find((entry) => entry.code === message);
  if (!declared) throw new Error(`SQL refused with ${message}, which no module declares`, { cause: error });
  const params = JSON.parse(detail ?? '{}') as Params;
  throw new ZhengwuError(fillIn(declared.en, params), { code: declared.code, status: declared.status, params, cause: error });
};
